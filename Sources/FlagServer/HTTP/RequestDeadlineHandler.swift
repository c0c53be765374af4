internal import HTTPTypes
internal import HummingbirdCore
internal import NIOCore
internal import NIOHTTP1
internal import NIOHTTPTypes

/// Ends a connection whose request takes too long to arrive or to be answered, or is not HTTP, after saying so.
///
/// One timer for each connection, looked at when it fires: a request costs no timer of its own.
final class RequestDeadlineHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    /// How long a client may take to read the last answer before the connection is cut.
    private static let linger = TimeAmount.seconds(1)

    private var deadline: RequestDeadline
    private var timer: Scheduled<Void>?
    private var isOver = false

    init(limits: RequestLimits) {
        self.deadline = RequestDeadline(
            receiveTimeout: TimeAmount(limits.receiveTimeout), answerTimeout: TimeAmount(limits.answerTimeout))
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !self.isOver else { return }
        switch self.unwrapInboundIn(data) {
        case .head:
            self.deadline.requestBegan(at: .now())
            self.arm(context)
        case .body:
            break
        case .end:
            self.deadline.requestEnded(at: .now())
            self.arm(context)
        }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard !self.isOver else {
            promise?.fail(ChannelError.ioOnClosedChannel)
            return
        }
        switch self.unwrapOutboundIn(data) {
        case .head(let head) where head.status.kind != .informational:
            self.deadline.answerBegan()
        case .end:
            self.deadline.answerEnded(at: .now())
            self.arm(context)
        case .head, .body:
            break
        }
        context.write(data, promise: promise)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard let error = error as? HTTPParserError else { return context.fireErrorCaught(error) }
        guard !self.isOver else { return }
        self.end(
            context,
            error == .headerOverflow
                ? Refusal(.headersTooLarge, "send fewer and shorter header fields")
                : Refusal(.requestMalformed, "what was sent is not an HTTP/1.1 request: \(error)"))
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.timer?.cancel()
        self.timer = nil
    }

    func channelInactive(context: ChannelHandlerContext) {
        self.timer?.cancel()
        self.timer = nil
        context.fireChannelInactive()
    }

    private func arm(_ context: ChannelHandlerContext) {
        guard self.timer == nil, case .wait(let moment) = self.deadline.verdict(at: .now()) else { return }
        self.timer = context.eventLoop.assumeIsolated().scheduleTask(deadline: moment) {
            self.timer = nil
            self.look(context)
        }
    }

    private func look(_ context: ChannelHandlerContext) {
        guard !self.isOver else { return }
        switch self.deadline.verdict(at: .now()) {
        case .idle:
            break
        case .wait:
            self.arm(context)
        case .overdue(.receiving):
            self.end(
                context, Refusal(.requestTimeout, "send the whole request within \(self.seconds(\.receiveTimeout)) s"))
        case .overdue(.answering):
            self.end(
                context,
                Refusal(
                    .answerTimeout,
                    "the server did not answer within \(self.seconds(\.answerTimeout)) s; whether the request was "
                        + "carried out is unknown"))
        }
    }

    /// Says why, if it is not too late, and closes: our side first, so that what was said arrives.
    private func end(_ context: ChannelHandlerContext, _ refusal: Refusal) {
        self.isOver = true
        if !self.deadline.isAnswering, self.deadline.unanswered <= 1 {
            var response = refusal.response
            let body = refusal.body
            response.headers[.contentLength] = String(body.count)
            response.headers[.connection] = "close"
            context.write(self.wrapOutboundOut(.head(response.head)), promise: nil)
            context.write(self.wrapOutboundOut(.body(context.channel.allocator.buffer(bytes: body))), promise: nil)
            context.writeAndFlush(self.wrapOutboundOut(.end(nil)), promise: nil)
        }
        context.close(mode: .output, promise: nil)
        context.eventLoop.assumeIsolated().scheduleTask(in: Self.linger) { context.close(promise: nil) }
    }

    private func seconds(_ timeout: KeyPath<RequestDeadline, TimeAmount>) -> Int64 {
        self.deadline[keyPath: timeout].nanoseconds / 1_000_000_000
    }
}

@available(*, unavailable)
extension RequestDeadlineHandler: Sendable {}
