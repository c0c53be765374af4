import NIOCore

/// Hands on what comes from one end of a connection to the other.
final class FaultyRelay: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let peer: any Channel
    private let connection: FaultyConnection
    private let isServer: Bool

    /// - Parameter isServer: Whether what comes here comes from the server.
    init(to peer: any Channel, _ connection: FaultyConnection, isServer: Bool) {
        self.peer = peer
        self.connection = connection
        self.isServer = isServer
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let bytes = Self.unwrapInboundIn(data)
        guard self.isServer else {
            self.connection.ask(bytes)
            self.peer.writeAndFlush(bytes, promise: nil)
            return
        }
        switch self.connection.answer(bytes) {
        case .pass(let bytes): self.peer.writeAndFlush(bytes, promise: nil)
        case .keep: break
        case .cut(let rest):
            self.peer.writeAndFlush(rest, promise: nil)
            self.peer.close(promise: nil)
            context.close(promise: nil)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        self.peer.close(promise: nil)
    }
}
