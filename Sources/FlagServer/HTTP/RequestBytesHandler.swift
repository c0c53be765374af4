internal import NIOCore

/// Stands in front of the decoder and tells of a request's first bytes: a head that never ends is never seen behind it.
final class RequestBytesHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private let arrived: () -> Void

    /// - Parameter arrived: Called for all bytes but line breaks, which may stand between two requests (RFC 9112, 2.2).
    init(arrived: @escaping () -> Void) {
        self.arrived = arrived
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if self.unwrapInboundIn(data).readableBytesView.contains(where: { $0 != 0x0D && $0 != 0x0A }) { self.arrived() }
        context.fireChannelRead(data)
    }
}

@available(*, unavailable)
extension RequestBytesHandler: Sendable {}
