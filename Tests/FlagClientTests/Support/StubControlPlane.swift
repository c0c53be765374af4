import FlagAPI
import FlagModel
import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// A control plane of one environment on a loopback port, which misbehaves as a test likes.
final class StubControlPlane: Sendable {
    /// What happens to those who ask for a stream.
    enum StreamMode: Sendable, Hashable {
        /// All is well.
        case normal
        /// Nobody answers.
        case hang
        /// The connection breaks after the first events.
        case cut
        /// After the first events nothing comes any more, not even a heartbeat.
        case mute
        /// The server ends the stream after the first events, in good order.
        case end
    }

    /// A request that came.
    struct Request: Sendable {
        var method: HTTPMethod
        var uri: String
        var headers: HTTPHeaders
    }

    struct State {
        var current: Snapshot?
        var history: [StreamPositionText: Snapshot] = [:]
        var mode = StreamMode.normal
        /// Deltas say another digest than that of what they lead to.
        var corruptsDeltas = false
        /// What every request is answered with instead.
        var refusal: Problem?
        /// What reports are answered with instead.
        var reportRefusal: Problem?
        /// What streams of a named instance are answered with instead.
        var idRefusal: Problem?
        var requests: [Request] = []
        var reports: [InstanceReport] = []
        var reportWithinSeconds: Int64 = 30
        var streams: [ObjectIdentifier: Stream] = [:]
        var channels: [ObjectIdentifier: any Channel] = [:]
        var listener: (any Channel)?
        var polls: Int { self.requests.count { $0.uri.hasSuffix("/snapshot") } }
        var streamRequests: [Request] { self.requests.filter { $0.uri.contains("/stream") } }
    }

    struct Stream {
        var channel: any Channel
        var sent: Snapshot?
    }

    typealias StreamPositionText = String

    let state = Mutex(State())
    private let environment: EnvironmentName = "staging"

    /// Runs a control plane.
    static func with<Value: Sendable>(
        _ snapshot: Snapshot? = nil, _ body: (StubControlPlane) async throws -> Value
    ) async throws -> Value {
        let stub = StubControlPlane()
        if let snapshot { stub.publish(snapshot) }
        try await stub.start()
        do {
            let value = try await body(stub)
            try await stub.stop()
            return value
        } catch {
            try await stub.stop()
            throw error
        }
    }

    var port: Int { self.state.withLock { $0.listener?.localAddress?.port ?? 0 } }
    var reports: [InstanceReport] { self.state.withLock { $0.reports } }
    var streamRequests: [Request] { self.state.withLock { $0.streamRequests } }
    var polls: Int { self.state.withLock { $0.polls } }
    var openStreams: Int { self.state.withLock { $0.streams.count } }

    /// Changes how it behaves from now on.
    func set(_ change: (inout State) -> Void) {
        self.state.withLock { change(&$0) }
    }

    /// Puts a snapshot in force and pushes it.
    func publish(_ snapshot: Snapshot) {
        self.state.withLock { state in
            state.current = snapshot
            state.history[Self.position(snapshot)] = snapshot
            for (id, stream) in state.streams where state.mode != .mute {
                self.push(to: stream, &state)
                state.streams[id]?.sent = snapshot
            }
        }
    }

    /// Cuts every connection; new ones are taken.
    func cut() {
        for channel in self.state.withLock({ Array($0.channels.values) }) { channel.close(promise: nil) }
    }

    /// Begins to listen, on the port it had before if that is given.
    func start(port: Int = 0) async throws {
        let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                self.state.withLock { $0.channels[ObjectIdentifier(channel)] = channel }
                return channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline()
                    try channel.pipeline.syncOperations.addHandler(StubHandler(stub: self))
                }
            }
            .bind(host: "127.0.0.1", port: port)
            .get()
        self.state.withLock { $0.listener = listener }
    }

    /// Stops listening and cuts every connection.
    func stop() async throws {
        let listener = self.state.withLock { state in
            defer { state.listener = nil }
            return state.listener
        }
        try await listener?.close()
        self.cut()
    }

    func closed(_ channel: any Channel) {
        self.state.withLock { state in
            state.channels[ObjectIdentifier(channel)] = nil
            state.streams[ObjectIdentifier(channel)] = nil
        }
    }

    static func position(_ snapshot: Snapshot) -> StreamPositionText {
        "\(snapshot.revision)-\(snapshot.digest.prefix(16))"
    }

    /// Begins a stream on a channel whose head has been written.
    func open(_ channel: any Channel, from position: String?) {
        self.state.withLock { state in
            Self.write(": connected\nretry: 10\n\n", to: channel)
            let sent = position.flatMap { state.history[$0] }
            let stream = Stream(channel: channel, sent: sent)
            if let current = state.current, sent.map({ Self.position($0) != Self.position(current) }) ?? true {
                self.push(to: stream, &state)
            }
            switch state.mode {
            case .cut: channel.eventLoop.execute { channel.close(promise: nil) }
            case .end: Self.write("event: end\ndata: {\"reason\":\"maximum-age\"}\n\n", to: channel)
            case .normal, .hang, .mute:
                state.streams[ObjectIdentifier(channel)] = Stream(channel: channel, sent: state.current)
            }
        }
    }

    /// Shows that it is alive, unless it is not supposed to.
    func heartbeat(_ channel: any Channel) {
        if self.state.withLock({ $0.mode }) == .normal { Self.write(": heartbeat\n\n", to: channel) }
    }

    private func push(to stream: Stream, _ state: inout State) {
        guard let current = state.current else { return }
        var event = "event: snapshot\nid: \(Self.position(current))\ndata: \(current.json.canonical)\n\n"
        if let sent = stream.sent, sent.revision < current.revision {
            var delta = current.delta(from: sent)
            if state.corruptsDeltas { delta.digest = String(delta.digest.reversed()) }
            event = "event: delta\nid: \(Self.position(current))\ndata: \(delta.json.canonical)\n\n"
        }
        Self.write(event, to: stream.channel)
    }

    /// In the loop's own time: a write that fails at once would come back while the state is locked.
    private static func write(_ text: String, to channel: any Channel) {
        channel.eventLoop.execute {
            channel.writeAndFlush(HTTPServerResponsePart.body(.byteBuffer(ByteBuffer(string: text))), promise: nil)
        }
    }
}
