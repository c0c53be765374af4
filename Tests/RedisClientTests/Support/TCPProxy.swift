import NIOCore
import NIOPosix
import Synchronization

/// Stands between a client and a server, and on demand swallows what the server says or cuts every connection.
final class TCPProxy: Sendable {
    private struct State {
        var lastPair = 0
        /// The replies of the pairs up to this one are thrown away.
        var swallowedThrough = 0
        var channels: [any Channel] = []
    }

    private let state = Mutex(State())
    private let listener = Mutex<(any Channel)?>(nil)
    private let target: Int

    private init(target: Int) {
        self.target = target
    }

    /// Runs a proxy to a loopback port.
    static func withProxy<Value: Sendable>(
        to target: Int, _ body: (TCPProxy) async throws -> Value
    ) async throws -> Value {
        let proxy = TCPProxy(target: target)
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

    var port: Int { self.listener.withLock { $0?.localAddress?.port } ?? 0 }

    /// From now on the server's replies on the present connections are thrown away.
    func swallowReplies() {
        self.state.withLock { $0.swallowedThrough = $0.lastPair }
    }

    /// Cuts every connection. New ones are passed on faithfully.
    func cut() {
        let channels = self.state.withLock { state in exchange(&state.channels, with: []) }
        for channel in channels {
            channel.close(promise: nil)
        }
    }

    private func listen() async throws {
        let group = MultiThreadedEventLoopGroup.singleton
        let channel = try await ServerBootstrap(group: group)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.autoRead, value: false)
            .childChannelInitializer { client in
                let pair = self.state.withLock { state in
                    state.lastPair += 1
                    return state.lastPair
                }
                // The same loop for both ends: each may touch the other.
                return ClientBootstrap(group: client.eventLoop)
                    .channelInitializer { server in
                        server.eventLoop.makeCompletedFuture {
                            try server.pipeline.syncOperations.addHandler(Relay(to: client, pair: pair, proxy: self))
                        }
                    }
                    .connect(host: "127.0.0.1", port: self.target)
                    .flatMapThrowing { server in
                        try client.pipeline.syncOperations.addHandler(Relay(to: server, pair: nil, proxy: self))
                        self.state.withLock { $0.channels += [client, server] }
                    }
                    .flatMap { client.setOption(.autoRead, value: true) }
            }
            .bind(host: "127.0.0.1", port: 0)
            .get()
        self.listener.withLock { $0 = channel }
    }

    private func close() async throws {
        self.cut()
        try await self.listener.withLock { $0 }?.close()
    }

    private final class Relay: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer

        let peer: any Channel
        /// Set in the direction of the replies.
        let pair: Int?
        let proxy: TCPProxy

        init(to peer: any Channel, pair: Int?, proxy: TCPProxy) {
            self.peer = peer
            self.pair = pair
            self.proxy = proxy
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            if let pair = self.pair, self.proxy.state.withLock({ pair <= $0.swallowedThrough }) { return }
            self.peer.writeAndFlush(Self.unwrapInboundIn(data), promise: nil)
        }

        func channelInactive(context: ChannelHandlerContext) {
            self.peer.close(promise: nil)
        }
    }
}
