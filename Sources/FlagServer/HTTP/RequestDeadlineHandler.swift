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

    /// How long a client may take to read the last answer before the connection is cut. Cut at once, what the client
    /// still sends would be answered with a reset, and the answer be lost.
    private static let lingerTime = TimeAmount.seconds(1)

    /// How many bytes a connection's first read takes.
    private static let receiveBuffer = 512

    /// Whether the client said that it will send nothing more.
    private(set) var isInputClosed = false

    private var deadline: RequestDeadline
    private var timer: Scheduled<Void>?
    private var linger: Scheduled<Void>?
    /// Whether the last answer was given.
    private var isOver = false
    /// Whoever wants the connection closed while the last answer is still to be read.
    private var closing: EventLoopPromise<Void>?

    init(limits: RequestLimits) {
        self.deadline = RequestDeadline(
            receiveTimeout: TimeAmount(limits.receiveTimeout), answerTimeout: TimeAmount(limits.answerTimeout))
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.shrinkReceiveBuffer(of: context.channel)
        let pipeline = context.pipeline.syncOperations
        let bytes = RequestBytesHandler { [weak self] in self?.bytesArrived(context) }
        let head = RequestHeadHandler()
        do {
            let decoder = try pipeline.handler(type: ByteToMessageHandler<HTTPRequestDecoder>.self)
            try pipeline.addHandler(bytes, position: .before(decoder))
            try pipeline.addHandler(head, position: .after(decoder))
        } catch {
            // Without them a connection is not guarded; so there is none.
            context.fireErrorCaught(error)
            context.close(promise: nil)
        }
    }

    /// The first buffer stays with a connection, and thousands of connections never send more than one request. What is
    /// more than the usual head takes another read, and makes the buffer grow.
    private func shrinkReceiveBuffer(of channel: any Channel) {
        let allocator = AdaptiveRecvByteBufferAllocator(minimum: 64, initial: Self.receiveBuffer, maximum: 65_536)
        // A channel without such options, as tests have, receives nothing from a socket either.
        try? channel.syncOptions?.setOption(.recvAllocator, value: allocator)
    }

    private func bytesArrived(_ context: ChannelHandlerContext) {
        guard !self.isOver else { return }
        self.deadline.bytesArrived(at: .now())
        self.arm(context)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !self.isOver else { return }
        switch self.unwrapInboundIn(data) {
        case .head:
            self.deadline.headArrived(at: .now())
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
        if let error = error as? HTTPParserError, !self.isOver {
            self.end(context, Self.refusal(of: error), ifNext: true)
        }
        if error is RequestHeadHandler.HostFault {
            if !self.isOver { self.end(context, Refusal(.requestMalformed, "send one Host field"), ifNext: true) }
            // What comes next knows this kind of error only.
            return context.fireErrorCaught(HTTPParserError.invalidHeaderToken)
        }
        context.fireErrorCaught(error)
    }

    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        guard self.linger != nil, mode == .all else { return context.close(mode: mode, promise: promise) }
        if let closing = self.closing {
            closing.futureResult.cascade(to: promise)
        } else {
            self.closing = promise ?? context.eventLoop.makePromise()
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if let event = event as? ChannelEvent, event == .inputClosed { self.isInputClosed = true }
        context.fireUserInboundEventTriggered(event)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.cancelTimers()
    }

    func channelInactive(context: ChannelHandlerContext) {
        self.cancelTimers()
        context.fireChannelInactive()
    }

    private func cancelTimers() {
        self.timer?.cancel()
        self.timer = nil
        self.linger?.cancel()
        self.linger = nil
        self.closing?.succeed()
        self.closing = nil
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
                context,
                Refusal(
                    .requestTimeout,
                    "send the whole request within \(self.deadline.receiveTimeout.nanoseconds / 1_000_000) ms"),
                ifNext: true)
            // Else the connection's end would pass for the end of the body, and half a request be carried out.
            context.fireErrorCaught(HTTPParserError.invalidEOFState)
        case .overdue(.answering):
            self.end(
                context,
                Refusal(
                    .answerTimeout,
                    "the server took too long; whether the request was carried out is unknown, look before repeating it"
                ), ifNext: false)
        }
    }

    private static func refusal(of error: HTTPParserError) -> Refusal {
        switch error {
        case .headerOverflow: Refusal(.headersTooLarge, "send fewer and shorter header fields")
        default: Refusal(.requestMalformed, "what was sent is not an HTTP/1.1 request: \(error)")
        }
    }

    /// Says why, if it is not too late, and closes: our side first, so that what was said arrives.
    ///
    /// - Parameter ifNext: Whether it concerns the request that is being received. Those before it come first; what is
    ///   said in their place would be taken for their answer.
    private func end(_ context: ChannelHandlerContext, _ refusal: Refusal, ifNext: Bool) {
        self.isOver = true
        if ifNext ? self.deadline.isNextToAnswer : !self.deadline.isAnswering {
            let body = refusal.body
            var head = refusal.response.head
            head.headerFields[.contentLength] = String(body.count)
            head.headerFields[.connection] = "close"
            context.write(self.wrapOutboundOut(.head(head)), promise: nil)
            context.write(self.wrapOutboundOut(.body(context.channel.allocator.buffer(bytes: body))), promise: nil)
            context.writeAndFlush(self.wrapOutboundOut(.end(nil)), promise: nil)
        }
        context.close(mode: .output, promise: nil)
        self.linger = context.eventLoop.assumeIsolated().scheduleTask(in: Self.lingerTime) {
            self.linger = nil
            let closing = self.closing
            self.closing = nil
            context.close(promise: closing)
        }
    }
}

@available(*, unavailable)
extension RequestDeadlineHandler: Sendable {}
