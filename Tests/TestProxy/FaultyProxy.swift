import NIOCore
import NIOPosix
import Synchronization
public import TestSupport

/// Stands between clients and a server on loopback, and treats each connection as a test likes.
public final class FaultyProxy: Sendable {
    private struct State {
        var random: SplitMix64
        var fault: @Sendable (inout SplitMix64) -> ProxyFault = { _ in .none }
        var harms = 0
        var listener: (any Channel)?
    }

    private let state: Mutex<State>
    private let target: Int

    private init(target: Int, seed: UInt64) {
        self.target = target
        self.state = Mutex(State(random: SplitMix64(seed: seed)))
    }

    /// Runs a proxy to a loopback port. It harms nothing until told to.
    public static func with<Value: Sendable>(
        to target: Int, seed: UInt64 = 0, _ body: (FaultyProxy) async throws -> Value
    ) async throws -> Value {
        let proxy = FaultyProxy(target: target, seed: seed)
        try await proxy.listen()
        do {
            let value = try await body(proxy)
            try await proxy.close()
            return value
        } catch {
            try await proxy.close()
            throw error
        }
    }

    /// Where it listens.
    public var port: Int { self.state.withLock { $0.listener?.localAddress?.port ?? 0 } }

    /// How often it has done harm: connections cut, deltas corrupted, streams kept.
    public var harms: Int { self.state.withLock { $0.harms } }

    /// Says what becomes of the connections made from now on; each draws on the proxy's random numbers.
    public func set(_ fault: @escaping @Sendable (inout SplitMix64) -> ProxyFault) {
        self.state.withLock { $0.fault = fault }
    }

    private func listen() async throws {
        let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.autoRead, value: false)
            .childChannelInitializer { client in
                let connection = FaultyConnection(self.state.withLock { $0.fault(&$0.random) }) {
                    self.state.withLock { $0.harms += 1 }
                }
                // The same loop for both ends: each may touch the other.
                return ClientBootstrap(group: client.eventLoop)
                    .channelInitializer { server in
                        server.eventLoop.makeCompletedFuture {
                            try server.pipeline.syncOperations.addHandler(
                                FaultyRelay(to: client, connection, isServer: true))
                        }
                    }
                    .connect(host: "127.0.0.1", port: self.target)
                    .flatMapThrowing { server in
                        try client.pipeline.syncOperations.addHandler(
                            FaultyRelay(to: server, connection, isServer: false))
                    }
                    .flatMap { client.setOption(.autoRead, value: true) }
            }
            .bind(host: "127.0.0.1", port: 0)
            .get()
        self.state.withLock { $0.listener = listener }
    }

    private func close() async throws {
        let listener = self.state.withLock { $0.listener }
        try await listener?.close()
    }
}
