internal import FlagAPI
internal import Hummingbird
internal import NIOCore
internal import NIOHTTPTypes

/// Serves one stream on its connection's event loop, while the task that answers the request waits for its end.
///
/// No task wakes for an event: what is news for many streams is written to all of them in one turn of each event loop.
final class StreamHandler: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundOut = HTTPResponsePart

    /// What it waits for.
    let topic: StreamTopic

    private let loop: StreamLoop
    private let isWelcome: () -> Bool
    private let over: EventLoopPromise<Void>
    private var session: StreamSession
    private var feed: any StreamFeed
    private var context: ChannelHandlerContext?
    private var alarm: Scheduled<Void>?
    private var isOver = false

    /// - Parameters:
    ///   - isWelcome: Whether the client may still read.
    ///   - over: Completed when there is nothing more to be written.
    init(
        _ session: StreamSession, feed: any StreamFeed, topic: StreamTopic, loop: StreamLoop,
        isWelcome: @escaping () -> Bool, over: EventLoopPromise<Void>
    ) {
        self.session = session
        self.feed = feed
        self.topic = topic
        self.loop = loop
        self.isWelcome = isWelcome
        self.over = over
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        self.loop.add(self)
        context.write(self.wrapOutboundOut(.body(EventFrame.greeting)), promise: nil)
        context.flush()
        self.wake()
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.end()
        self.context = nil
    }

    func channelInactive(context: ChannelHandlerContext) {
        self.end()
        context.fireChannelInactive()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        // First those behind, so that the connection ends with this answer.
        context.fireUserInboundEventTriggered(event)
        if event is ChannelShouldQuiesceEvent {
            self.perform(self.session.end(.shutdown, at: .now()))
        } else if let event = event as? ChannelEvent, event == .inputClosed {
            // A client that says no more is gone; only the next write would tell otherwise.
            self.cut()
        }
    }

    /// There may be news.
    func wake() {
        self.perform(self.session.wake())
    }

    /// Time has passed.
    func tick(at now: NIODeadline) {
        self.perform(self.session.tick(at: now))
    }

    private func perform(_ action: StreamSession.Action) {
        guard !self.isOver else { return }
        switch action {
        case .wait: break
        case .pull, .beat:
            guard self.isWelcome() else { return self.perform(self.session.end(.accessEnded, at: .now())) }
            guard action == .beat else { return self.pull() }
            self.session.writeBegan(at: .now())
            self.write(EventFrame.heartbeat)
        case .sayEnd(let reason):
            self.session.lastWriteBegan(at: .now())
            self.write(EventFrame.end(reason))
        case .finish: self.end()
        case .cut: self.cut()
        }
    }

    private func pull() {
        let now = NIODeadline.now()
        switch self.feed.next(at: now) {
        case .nothing: break
        case .later(let moment): self.setAlarm(moment)
        case .event(let frame):
            self.session.writeBegan(at: now)
            self.write(frame)
        case .last(let frame):
            self.session.lastWriteBegan(at: now)
            self.write(frame)
        }
    }

    private func write(_ frame: ByteBuffer) {
        guard let context = self.context else { return }
        let written = context.eventLoop.makePromise(of: Void.self)
        written.futureResult.assumeIsolated().whenComplete { _ in self.perform(self.session.writeEnded()) }
        context.writeAndFlush(self.wrapOutboundOut(.body(frame)), promise: written)
    }

    private func setAlarm(_ moment: NIODeadline) {
        guard self.alarm == nil, let context = self.context else { return }
        self.alarm = context.eventLoop.assumeIsolated().scheduleTask(deadline: moment) {
            self.alarm = nil
            self.wake()
        }
    }

    /// Closes the connection, with what the client did not read.
    private func cut() {
        let context = self.context
        self.end()
        context?.close(promise: nil)
    }

    private func end() {
        guard !self.isOver else { return }
        self.isOver = true
        self.alarm?.cancel()
        self.alarm = nil
        self.loop.remove(self)
        self.over.succeed()
    }
}

@available(*, unavailable)
extension StreamHandler: Sendable {}

extension EventFrame {
    /// The event that says why the server ends a stream.
    fileprivate static func end(_ reason: StreamEnd.Reason) -> ByteBuffer {
        Self.event("end", data: Array("{\"reason\":\"\(reason.rawValue)\"}".utf8))
    }
}
