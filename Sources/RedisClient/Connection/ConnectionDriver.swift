internal import Logging
import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

/// The event loop's side of a ``Connection``: performs what the state machine decides. It lives on the loop only.
final class ConnectionDriver {
    /// Numbers the sessions of the process.
    private static let lastSessionID = Atomic<UInt64>(0)
    /// A write buffer that has grown beyond this is not kept.
    private static let keptBufferSize = 1 << 20

    private let connection: Connection
    private let configuration: RedisConfiguration
    private let eventLoop: any EventLoop
    private var tls: NIOSSLContext?
    private var context: ChannelHandlerContext?
    private var spare = ByteBuffer()
    private var timer: Scheduled<Void>?
    private var attemptTimer: Scheduled<Void>?
    private var retryTimer: Scheduled<Void>?
    private var drainTimer: Scheduled<Void>?
    private var probes: RepeatedTask?
    /// What the channel reported before it closed.
    private var cause: String?
    /// Failed attempts in a row, to log the first one only.
    private var silentFailures = 0

    init(_ connection: Connection) {
        self.connection = connection
        self.configuration = connection.configuration
        self.eventLoop = connection.eventLoop
    }

    // MARK: Connecting

    /// Makes one attempt. Cluster and Sentinel would ask here which address it goes to.
    func connect() {
        let connection = self.connection
        let timeout = TimeAmount(self.configuration.connectTimeout)
        let tls: NIOSSLContext?
        do {
            tls = try self.tlsContext()
        } catch {
            self.ended("TLS cannot be set up: \(error)")
            return
        }
        self.attemptTimer = self.eventLoop.assumeIsolated().scheduleTask(in: timeout) {
            self.refuse("no complete handshake within the connect timeout")
        }
        ClientBootstrap(group: self.eventLoop)
            .connectTimeout(timeout)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .channelOption(.socketOption(.so_keepalive), value: 1)
            .channelOption(.recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: 1 << 16))
            .channelOption(.writeBufferWaterMark, value: .init(low: 1 << 18, high: 1 << 20))
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    if let tls {
                        try channel.pipeline.syncOperations.addHandler(connection.tlsHandler(tls))
                    }
                    try channel.pipeline.syncOperations.addHandler(ReplyHandler(connection))
                }
            }
            .connect(host: self.configuration.host, port: self.configuration.port)
            .assumeIsolated()
            .whenFailure { error in self.ended("\(error)") }
    }

    private func tlsContext() throws -> NIOSSLContext? {
        guard let tls = self.configuration.tls else { return nil }
        if let context = self.tls { return context }
        let context = try NIOSSLContext(configuration: tls.clientConfiguration)
        self.tls = context
        return context
    }

    // MARK: What the channel reports

    func opened(_ context: ChannelHandlerContext) {
        guard let handshake = self.connection.machine.withLock({ $0.opened() }) else {
            context.close(promise: nil)
            return
        }
        self.context = context
        context.writeAndFlush(NIOAny(ByteBuffer(bytes: handshake)), promise: nil)
    }

    func received(_ replies: [RedisValue]) {
        switch self.connection.machine.withLock({ $0.received(replies) }) {
        case .none:
            break
        case .deliver(let deliveries, let session, let failed, let close, let greeting):
            Connection.resume(deliveries, on: session)
            Connection.resume(failed)
            let isOutdated = greeting.map { self.isOutdated(session, by: $0) } ?? false
            if isOutdated ? self.connection.machine.withLock({ $0.outdated() }) : close {
                self.context?.close(promise: nil)
            }
        case .greet(let replies):
            self.greet(replies)
        case .close(let failed):
            Connection.resume(failed)
            self.context?.close(promise: nil)
        }
    }

    func unreadable(_ error: ReplyParserError) {
        Connection.resume(self.connection.machine.withLock { $0.unreadable(error) })
        self.context?.close(promise: nil)
    }

    /// Remembers what the channel reported: it closes after that.
    func caught(_ error: any Error) {
        self.cause = self.cause ?? "\(error)"
        self.context?.close(promise: nil)
    }

    /// The socket is closed, or was never opened.
    func ended(_ cause: String) {
        let cause = self.cause ?? cause
        self.cause = nil
        self.context = nil
        self.attemptTimer?.cancel()
        self.probes?.cancel()
        let fraction = Double.random(in: 0..<1)
        switch self.connection.machine.withLock({ $0.ended(cause, fraction: fraction) }) {
        case .none:
            break
        case .reconnect(let delay, let failure, let failed):
            self.log(failure)
            Connection.resume(failed)
            self.retryTimer = self.eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(delay)) {
                if self.connection.machine.withLock({ $0.state.retry() }) { self.connect() }
            }
        case .finish(let failed):
            self.finish(failed)
        }
    }

    // MARK: Writing and waiting

    /// Writes everything that callers have gathered since the last time.
    func write() {
        let isWritable = self.context?.channel.isWritable ?? false
        let mustWrite = self.connection.machine.withLock { machine in
            machine.takeWrites(now: self.eventLoop.now, into: &self.spare, isWritable: isWritable)
        }
        if mustWrite {
            self.context?.writeAndFlush(NIOAny(self.spare), promise: nil)
            if self.spare.capacity > Self.keptBufferSize {
                self.spare = ByteBuffer()
            } else {
                self.spare.clear()
            }
        }
        self.armTimer()
    }

    /// Sets the one timer, unless it is set: deadlines come in order, so an earlier one never has to be put before it.
    func armTimer() {
        guard self.timer == nil else { return }
        guard let deadline = self.connection.machine.withLock({ $0.nextDeadline }) else { return }
        self.timer = self.eventLoop.assumeIsolated().scheduleTask(deadline: deadline) {
            self.timer = nil
            let action = self.connection.machine.withLock { $0.timerFired(now: self.eventLoop.now) }
            Connection.resume(action.failed)
            if action.close { self.context?.close(promise: nil) }
            self.armTimer()
        }
    }

    // MARK: Becoming ready

    private func greet(_ replies: [RedisValue]) {
        let epoch: String
        do {
            epoch = try self.configuration.greeting?.epoch(replies) ?? ""
        } catch {
            self.refuse("the greeting was not accepted: \(error)")
            return
        }
        let id = Self.lastSessionID.wrappingAdd(1, ordering: .relaxed).newValue
        let session = RedisSession(id: id, epoch: epoch, lane: self.connection.lane)
        guard let action = self.connection.machine.withLock({ $0.greeted(session) }) else { return }
        self.attemptTimer?.cancel()
        self.silentFailures = 0
        self.connection.logger.info("connected to Redis", metadata: ["redis.session": "\(id)"])
        Connection.resume(action.deliveries, on: session)
        if action.write { self.write() }
        self.startProbes()
    }

    /// Whether the greeting, answered again, says something else than when the session began.
    private func isOutdated(_ session: RedisSession, by replies: [RedisValue]) -> Bool {
        let cause: String
        do {
            let epoch = try self.configuration.greeting?.epoch(replies) ?? ""
            guard epoch != session.epoch else { return false }
            cause = "the server's epoch is '\(epoch)' now"
        } catch {
            cause = "\(error)"
        }
        self.connection.logger.info(
            "the connection to Redis is replaced",
            metadata: ["redis.session": "\(session.id)", "redis.cause": "\(cause)"])
        return true
    }

    private func refuse(_ reason: String) {
        Connection.resume(self.connection.machine.withLock { $0.refused(reason) })
        self.cause = self.cause ?? reason
        self.context?.close(promise: nil)
    }

    private func startProbes() {
        guard let interval = self.configuration.probeInterval.map({ TimeAmount($0) }) else { return }
        let connection = self.connection
        self.probes = self.eventLoop.scheduleRepeatedTask(initialDelay: interval, delay: interval) { _ in
            if connection.machine.withLock({ $0.probe() }) { connection.driver.value?.write() }
        }
    }

    // MARK: Ending

    func shutDown() {
        switch self.connection.machine.withLock({ $0.shutDown() }) {
        case .none(let failed):
            Connection.resume(failed)
        case .finish(let failed):
            self.finish(failed)
        case .close(let failed):
            Connection.resume(failed)
            self.context?.close(promise: nil)
        case .drain(let failed):
            Connection.resume(failed)
            let timeout = TimeAmount(self.configuration.drainTimeout)
            self.drainTimer = self.eventLoop.assumeIsolated().scheduleTask(in: timeout) {
                Connection.resume(self.connection.machine.withLock { $0.drainTimedOut() })
                self.context?.close(promise: nil)
            }
        }
    }

    private func finish(_ failed: [Failed<Connection.Waiter>]) {
        Connection.resume(failed)
        self.timer?.cancel()
        self.drainTimer?.cancel()
        self.attemptTimer?.cancel()
        self.retryTimer?.cancel()
        self.connection.driver.value = nil
        self.connection.end.open()
    }

    /// One line per outage: the later attempts' failures are for debugging.
    private func log(_ failure: RedisFailure) {
        let level: Logger.Level = self.silentFailures == 0 ? .warning : .debug
        self.silentFailures += 1
        self.connection.logger.log(level: level, "no connection to Redis", metadata: ["redis.cause": "\(failure)"])
    }
}
