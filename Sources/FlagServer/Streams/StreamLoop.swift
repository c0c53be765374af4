internal import NIOCore
internal import Synchronization

/// The streams of one event loop.
final class StreamLoop: Sendable {
    /// How often streams look at the time.
    static let tickInterval = TimeAmount.milliseconds(250)

    private struct Streams {
        var byTopic: [StreamTopic: [ObjectIdentifier: StreamHandler]] = [:]
        var count = 0
        var ticker: RepeatedTask?
    }

    private let eventLoop: any EventLoop
    private let streams: NIOLoopBoundBox<Streams>
    /// The topics that have news since the event loop looked.
    private let news = Mutex<Set<StreamTopic>>([])

    /// To be called on `eventLoop`.
    init(_ eventLoop: any EventLoop) {
        self.eventLoop = eventLoop
        self.streams = NIOLoopBoundBox(Streams(), eventLoop: eventLoop)
    }

    /// Has the streams that wait for a topic look for news. From any thread.
    func wake(_ topic: StreamTopic) {
        let isFirst = self.news.withLock { news in
            news.insert(topic)
            return news.count == 1
        }
        if isFirst { self.eventLoop.execute { self.spread() } }
    }

    /// On the event loop.
    func add(_ handler: StreamHandler) {
        var streams = self.streams.value
        self.streams.value = Streams()
        streams.byTopic[handler.topic, default: [:]][ObjectIdentifier(handler)] = handler
        streams.count += 1
        if streams.ticker == nil {
            streams.ticker = self.eventLoop.scheduleRepeatedTask(
                initialDelay: Self.tickInterval, delay: Self.tickInterval
            ) { _ in self.tick() }
        }
        self.streams.value = streams
    }

    /// On the event loop.
    func remove(_ handler: StreamHandler) {
        var streams = self.streams.value
        self.streams.value = Streams()
        if streams.byTopic[handler.topic]?.removeValue(forKey: ObjectIdentifier(handler)) != nil { streams.count -= 1 }
        if streams.byTopic[handler.topic]?.isEmpty == true { streams.byTopic[handler.topic] = nil }
        if streams.count == 0 {
            streams.ticker?.cancel()
            streams.ticker = nil
        }
        self.streams.value = streams
    }

    private func spread() {
        let topics = self.news.withLock { news in
            defer { news = [] }
            return news
        }
        for topic in topics {
            for handler in Array((self.streams.value.byTopic[topic] ?? [:]).values) { handler.wake() }
        }
    }

    private func tick() {
        let now = NIODeadline.now()
        for handler in self.streams.value.byTopic.values.flatMap(\.values) { handler.tick(at: now) }
    }
}
