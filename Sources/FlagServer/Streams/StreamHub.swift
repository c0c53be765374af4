internal import ControlPlane
internal import FlagModel
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import Synchronization

/// All open streams: tells them on their event loops when there is news.
final class StreamHub: Sendable {
    private let plane: ControlPlane
    private let settings: StreamSettings
    private let now: @Sendable () -> Timestamp
    private let frames: Mutex<[EnvironmentName: RevisionFrames]>
    private let loops = Mutex<[ObjectIdentifier: StreamLoop]>([:])
    /// How many streams wait for each topic.
    private let audience = Mutex<[StreamTopic: Int]>([:])

    /// - Parameter now: What time it is.
    /// - Throws: When the database cannot be read.
    init(
        plane: ControlPlane, settings: StreamSettings, now: @escaping @Sendable () -> Timestamp
    ) async throws(ControlPlaneError) {
        var frames: [EnvironmentName: RevisionFrames] = [:]
        for head in plane.environments {
            let newest = try await plane.history(of: head.name, limit: 1).revisions.first
            frames[head.name] = RevisionFrames(head.snapshot, madeAt: newest?.at ?? now())
        }
        self.plane = plane
        self.settings = settings
        self.frames = Mutex(frames)
        self.now = now
        plane.observe { [weak self] head in self?.publish(head.snapshot) }
    }

    /// The frames of an environment.
    ///
    /// - Throws: `ControlPlaneError.unknownEnvironment`.
    func frames(of environment: EnvironmentName) throws(ControlPlaneError) -> RevisionFrames {
        let snapshot = try self.plane.snapshot(of: environment)
        return self.frames(for: snapshot)
    }

    /// How many streams wait for a topic.
    func count(of topic: StreamTopic) -> Int { self.audience.withLock { $0[topic] ?? 0 } }

    /// Has the streams that wait for a topic look for news. From any thread.
    func wake(_ topic: StreamTopic) {
        guard self.count(of: topic) > 0 else { return }
        for loop in self.loops.withLock({ Array($0.values) }) { loop.wake(topic) }
    }

    /// The answer that is a stream.
    ///
    /// - Parameters:
    ///   - feed: Where its events come from.
    ///   - topic: What it waits for.
    ///   - grant: Whose it is. Once it is good no more, the stream ends before anything else is sent.
    ///   - context: The request.
    ///   - opened: Called when it begins; what it returns is called when it is over.
    func response<Feed: StreamFeed & Sendable>(
        _ feed: Feed, on topic: StreamTopic, for grant: Grant, _ context: AppRequestContext,
        opened: @escaping @Sendable () -> (@Sendable () -> Void)? = { nil }
    ) -> Response {
        let channel = context.channel
        var headers: HTTPFields = [.contentType: "text/event-stream", .cacheControl: "no-cache"]
        if let name = HTTPField.Name.xAccelBuffering { headers[name] = "no" }
        let body = ResponseBody { writer in
            let closed = opened()
            defer { closed?() }
            try await self.serve(feed, on: topic, for: grant, channel)
            try await writer.finish(nil)
            // Whoever comes back makes a new connection, perhaps to another server. What was written goes out first.
            channel.close(mode: .output, promise: nil)
        }
        return Response(status: .ok, headers: headers, body: body)
    }

    private func publish(_ snapshot: Snapshot) {
        self.frames(for: snapshot).publish(snapshot, madeAt: self.now())
        self.wake(.revisions(snapshot.environment))
    }

    /// The frames of the snapshot's environment, which begin with it if there are none yet.
    private func frames(for snapshot: Snapshot) -> RevisionFrames {
        self.frames.withLock { frames in
            if let known = frames[snapshot.environment] { return known }
            let new = RevisionFrames(snapshot, madeAt: self.now())
            frames[snapshot.environment] = new
            return new
        }
    }

    /// Writes a stream until it is over, whoever ends it.
    private func serve<Feed: StreamFeed & Sendable>(
        _ feed: Feed, on topic: StreamTopic, for grant: Grant, _ channel: any Channel
    ) async throws {
        self.audience.withLock { $0[topic, default: 0] += 1 }
        defer {
            self.audience.withLock { audience in
                audience[topic] = audience[topic].flatMap { $0 > 1 ? $0 - 1 : nil }
            }
        }
        let over = channel.eventLoop.makePromise(of: Void.self)
        let (settings, plane) = (self.settings, self.plane)
        channel.eventLoop.execute {
            do {
                var random = SystemRandomNumberGenerator()
                let handler = StreamHandler(
                    StreamSession(settings, at: .now(), using: &random), feed: feed, topic: topic,
                    loop: self.loop(of: channel.eventLoop), isWelcome: { grant.isLive(in: plane) }, over: over)
                let pipeline = channel.pipeline.syncOperations
                // Behind it the news that the server stops, or that the client is gone, are taken for what they are.
                let place = try pipeline.handler(type: RequestDeadlineHandler.self)
                guard !place.isInputClosed else { throw ChannelError.inputClosed }
                try pipeline.addHandler(handler, position: .after(place))
            } catch {
                over.fail(error)
            }
        }
        try await over.futureResult.get()
    }

    /// On the event loop itself.
    private func loop(of eventLoop: any EventLoop) -> StreamLoop {
        self.loops.withLock { loops in
            if let loop = loops[ObjectIdentifier(eventLoop)] { return loop }
            let loop = StreamLoop(eventLoop)
            loops[ObjectIdentifier(eventLoop)] = loop
            return loop
        }
    }
}

extension HTTPField.Name {
    /// Asks proxies such as nginx not to hold the answer back.
    fileprivate static let xAccelBuffering = HTTPField.Name("X-Accel-Buffering")
}
