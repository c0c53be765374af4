internal import NIOCore
internal import NIOHTTP1

/// Stands behind the decoder, where a request's head still is as it was sent: with its version and all `Host` fields.
final class RequestHeadHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart

    /// A request named no host, or more than one.
    struct HostFault: Error {}

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard case .head(var head) = self.unwrapInboundIn(data) else { return context.fireChannelRead(data) }
        let hosts = head.headers[canonicalForm: "host"].count
        let isOld = head.version == .http1_0 || head.version == .http0_9
        // RFC 9112, 3.2: two hosts are two meanings, one for us and one for whoever stands between.
        guard hosts == 1 || (hosts == 0 && isOld) else {
            return context.fireErrorCaught(HostFault())
        }
        if isOld, !head.isKeepAlive {
            // What comes next has no versions and goes by this field alone.
            head.headers.replaceOrAdd(name: "Connection", value: "close")
            return context.fireChannelRead(self.wrapInboundOut(.head(head)))
        }
        context.fireChannelRead(data)
    }
}

@available(*, unavailable)
extension RequestHeadHandler: Sendable {}
