public import Logging
public import NIOCore
public import NIOPosix
import Synchronization

/// A few multiplexed connections to one Redis server, shared by any number of tasks.
///
/// ```swift
/// let client = RedisClient(try RedisConfiguration(url: "redis://127.0.0.1"), logger: logger)
/// async let running: Void = client.run()
/// let reply = try await client.send(RedisCommand("GET", "key"))
/// await client.shutdown()
/// ```
///
/// Commands of all tasks are coalesced into one write per event-loop tick and answered in order. Nothing is repeated
/// silently: ``RedisError`` says whether a command that failed may have been carried out. All connections live on one
/// event loop, because one thread of ours keeps up with the one thread of a Redis server. A client that was run has to be
/// shut down: until then its event loop keeps it alive.
public final class RedisClient: Sendable {
    /// What the client was made with.
    public let configuration: RedisConfiguration
    /// Runs tasks on the connections' event loop; see ``RedisTaskExecutor`` for when that pays.
    public let taskExecutor: RedisTaskExecutor

    let connections: [Connection]
    private let turn = Atomic<Int>(0)

    /// Makes a client. Nothing is connected before ``run()``.
    ///
    /// - Parameters:
    ///   - configuration: Where Redis is, and how patient to be with it.
    ///   - logger: Gets one line per connection established and per outage. No credentials, no arguments.
    ///   - eventLoopGroup: Where the one event loop is taken from.
    public init(
        _ configuration: RedisConfiguration,
        logger: Logger = Logger(label: "redis") { _ in SwiftLogNoOpLogHandler() },
        eventLoopGroup: any EventLoopGroup = .singletonMultiThreadedEventLoopGroup
    ) {
        let eventLoop = eventLoopGroup.next()
        var logger = logger
        logger[metadataKey: "redis.server"] = "\(configuration.host):\(configuration.port)"
        self.configuration = configuration
        self.taskExecutor = RedisTaskExecutor(eventLoop: eventLoop)
        self.connections = (0..<max(1, configuration.connectionCount)).map { [logger] lane in
            Connection(configuration: configuration, lane: lane, eventLoop: eventLoop, logger: logger)
        }
    }

    /// Connects and keeps connected. Returns after ``shutdown()``; cancelling the calling task shuts down, too.
    ///
    /// Commands may be sent before it: they wait for the first connection, within their deadline.
    public func run() async {
        await withTaskCancellationHandler {
            for connection in self.connections {
                connection.start()
            }
            for connection in self.connections {
                await connection.end.wait()
            }
        } onCancel: {
            self.beginShutdown()
        }
    }

    /// Takes no more commands, waits for the replies that are due (at most ``RedisConfiguration/drainTimeout``), closes.
    public func shutdown() async {
        self.beginShutdown()
        for connection in self.connections {
            await connection.end.wait()
        }
    }

    /// A momentary picture, for health endpoints and metrics.
    public var status: RedisStatus {
        var status = RedisStatus(
            sessions: [], connectionCount: self.connections.count, commandsInFlight: 0, lastFailure: nil)
        for connection in self.connections {
            connection.machine.withLock { machine in
                if let session = machine.state.session { status.sessions.append(session) }
                status.commandsInFlight += machine.commandsInFlight
                if let failure = machine.lastFailure { status.lastFailure = failure }
            }
        }
        return status
    }

    private func beginShutdown() {
        for connection in self.connections {
            connection.shutDown()
        }
    }

    /// The connection for the next command: the session's own, else one that is ready, in turn.
    func connection(for session: RedisSession?) -> Connection {
        if let session { return self.connections[session.lane % self.connections.count] }
        guard self.connections.count > 1 else { return self.connections[0] }
        let turn = self.turn.wrappingAdd(1, ordering: .relaxed).newValue
        for offset in 0..<self.connections.count {
            let connection = self.connections[Int(UInt(bitPattern: turn + offset) % UInt(self.connections.count))]
            if connection.machine.withLock({ $0.state.session != nil }) { return connection }
        }
        return self.connections[Int(UInt(bitPattern: turn) % UInt(self.connections.count))]
    }
}
