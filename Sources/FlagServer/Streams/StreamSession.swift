internal import FlagAPI
internal import NIOCore

/// When one stream writes, and what: a value that is told what happens and says what to do.
///
/// At most one write is under way. What becomes news meanwhile is not kept, only that there is news: once the client has
/// read on, it is given whatever is newest then. So a stream costs the same however far its client lags behind.
struct StreamSession: Sendable {
    /// What to do.
    enum Action: Sendable, Hashable {
        /// Nothing.
        case wait
        /// Ask the feed, and write what it gives.
        case pull
        /// Write a comment.
        case beat
        /// Write the event that says why the stream ends.
        case sayEnd(StreamEnd.Reason)
        /// Everything was written: end the answer.
        case finish
        /// The client does not read: close the connection.
        case cut
    }

    private enum Phase {
        case open
        /// It ends as soon as what is under way was read, or is cut.
        case ending(StreamEnd.Reason, cutAt: NIODeadline)
        /// The last event is under way.
        case closing(cutAt: NIODeadline)
    }

    private let settings: StreamSettings
    private let endsAt: NIODeadline
    private var phase = Phase.open
    private var nextHeartbeat: NIODeadline
    private var writingSince: NIODeadline?
    private var hasNews = false

    /// A stream that begins now. Its heartbeats begin somewhere within the first interval and its age differs a little
    /// from others': those that began together do not do everything together.
    init(_ settings: StreamSettings, at now: NIODeadline, using random: inout some RandomNumberGenerator) {
        self.settings = settings
        let factor = Double.random(in: (1 - settings.ageJitter)...(1 + settings.ageJitter), using: &random)
        self.endsAt = now + TimeAmount(settings.maximumAge * factor)
        self.nextHeartbeat =
            now + TimeAmount(settings.heartbeat * Double.random(in: 0.5...1, using: &random))
    }

    /// There is news.
    mutating func wake() -> Action {
        guard case .open = self.phase else { return .wait }
        guard self.writingSince == nil else {
            self.hasNews = true
            return .wait
        }
        return .pull
    }

    /// Something was handed to the connection.
    mutating func writeBegan(at now: NIODeadline) {
        self.writingSince = now
    }

    /// The last event of the stream was handed to the connection.
    mutating func lastWriteBegan(at now: NIODeadline) {
        self.writingSince = now
        self.phase = .closing(cutAt: now + TimeAmount(self.settings.drainTime))
    }

    /// What was handed to the connection has left the process.
    mutating func writeEnded() -> Action {
        self.writingSince = nil
        switch self.phase {
        case .open:
            guard self.hasNews else { return .wait }
            self.hasNews = false
            return .pull
        case .ending(let reason, _): return .sayEnd(reason)
        case .closing: return .finish
        }
    }

    /// The stream is to end.
    mutating func end(_ reason: StreamEnd.Reason, at now: NIODeadline) -> Action {
        guard case .open = self.phase else { return .wait }
        self.phase = .ending(reason, cutAt: now + TimeAmount(self.settings.drainTime))
        return self.writingSince == nil ? .sayEnd(reason) : .wait
    }

    /// Time has passed. To be called a few times a second.
    mutating func tick(at now: NIODeadline) -> Action {
        switch self.phase {
        case .ending(_, let cutAt), .closing(let cutAt):
            return now >= cutAt ? .cut : .wait
        case .open:
            if now >= self.endsAt { return self.end(.maximumAge, at: now) }
            if let since = self.writingSince {
                return now - since >= TimeAmount(self.settings.writeLimit) ? .cut : .wait
            }
            guard now >= self.nextHeartbeat else { return .wait }
            self.nextHeartbeat = now + TimeAmount(self.settings.heartbeat)
            return .beat
        }
    }
}
