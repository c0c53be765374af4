/// How a client keeps in touch with its control plane: what to do next, and when. It does nothing itself: events go in with
/// the time, actions come out.
///
/// A stream is opened and opened again; when streams do not get through, the client polls and tries a stream now and then.
struct ConnectionMachine: Sendable {
    typealias Instant = ContinuousClock.Instant

    /// A stream that was asked for.
    struct Stream: Sendable, Hashable {
        /// Its number.
        let id: Int
        /// Whether it begins with the whole snapshot, whatever was applied before.
        let isFull: Bool
        /// When it was asked for.
        let openedAt: Instant
        /// When its last byte came; before the first, when it was asked for.
        var heardAt: Instant
    }

    /// The state of a client that polls.
    struct Polling: Sendable, Hashable {
        /// When to poll next.
        var nextPoll: Instant
        /// The number of the poll that is under way.
        var poll: Int?
        /// When to try a stream.
        var nextTrial: Instant
        /// The stream that is being tried.
        var trial: Stream?
        /// Whether the last poll failed.
        var isFailing = false
    }

    /// Where the client stands.
    enum State: Sendable, Hashable {
        case idle
        case connecting(Stream)
        case streaming(Stream)
        case backingOff(until: Instant)
        case polling(Polling)
        case stopped
    }

    let timings: FlagClientTimings
    let random: @Sendable () -> Double
    private(set) var state = State.idle
    /// Whether the next thing fetched has to be the whole snapshot, because what was pushed did not fit.
    private(set) var needsWhole = false
    /// Whether there is a snapshot from the control plane.
    private(set) var hasDelivered = false
    /// How many streams in a row did not get through.
    private(set) var streamFailures = 0
    private var misfits = 0
    private var backOff: BackOff
    private var trials: BackOff
    private var lastID = 0

    /// A machine at rest.
    ///
    /// - Parameter random: Numbers from 0 up to 1, by which waits are spread.
    init(timings: FlagClientTimings, random: @escaping @Sendable () -> Double) {
        self.timings = timings
        self.random = random
        self.backOff = BackOff(timings.backOff)
        self.trials = BackOff(timings.streamTrialInterval)
    }

    /// When ``Event/tick`` is due; nil: never.
    var deadline: Instant? {
        switch self.state {
        case .idle, .stopped: nil
        case .connecting, .streaming: self.patience
        case .backingOff(let until): until
        case .polling(let polling):
            [polling.poll == nil ? polling.nextPoll : nil, self.patience ?? polling.nextTrial].compactMap { $0 }.min()
        }
    }

    /// Until when the stream that is open or being opened may be silent; nil: there is none.
    private var patience: Instant? {
        switch self.state {
        case .connecting(let stream): stream.openedAt + self.timings.responseTimeout
        case .streaming(let stream): stream.heardAt + self.timings.silenceLimit
        case .polling(let polling): polling.trial.map { $0.openedAt + self.timings.responseTimeout }
        case .idle, .backingOff, .stopped: nil
        }
    }

    /// The stream that is open or being opened.
    private var stream: Stream? {
        switch self.state {
        case .connecting(let stream), .streaming(let stream): stream
        case .polling(let polling): polling.trial
        case .idle, .backingOff, .stopped: nil
        }
    }

    /// Takes an event.
    ///
    /// - Returns: What is to be done, in this order.
    mutating func handle(_ event: Event, at now: Instant) -> [Action] {
        if case .stopped = self.state { return [] }
        switch event {
        case .start:
            guard case .idle = self.state else { return [] }
            return [self.connect(at: now)]
        case .stop: return self.stop()
        case .tick: return self.tick(at: now)
        case .retry(let delay):
            let lower = min(max(delay, self.timings.backOff.lowerBound), self.timings.backOff.upperBound)
            self.backOff.bounds = lower...self.timings.backOff.upperBound
            return []
        case .polled(let id, let outcome): return self.polled(id, outcome, at: now)
        case .heard(let id), .delivered(let id), .misfit(let id), .conflict(let id), .ended(let id), .broke(let id, _):
            // What a stream that was given up still says is of no interest.
            guard let stream = self.stream, stream.id == id else { return [] }
            return self.handle(event, of: stream, at: now)
        }
    }

    private mutating func handle(_ event: Event, of stream: Stream, at now: Instant) -> [Action] {
        switch event {
        case .delivered:
            self.delivered()
            return []
        case .misfit: return self.misfit(stream, at: now)
        case .conflict:
            // The whole snapshot was asked for and says the same: there are two histories, and no cure from here.
            guard !stream.isFull else {
                self.delivered()
                return [.diverged]
            }
            return self.misfit(stream, at: now)
        case .ended: return self.ended(stream, at: now)
        case .broke(_, let failure): return self.failed(stream, failure, at: now)
        default: return self.heard(stream, at: now)
        }
    }

    private mutating func connect(at now: Instant) -> Action {
        let stream = self.makeStream(at: now)
        self.state = .connecting(stream)
        return .open(stream.id, full: stream.isFull)
    }

    private mutating func makeStream(at now: Instant) -> Stream {
        self.lastID += 1
        return Stream(id: self.lastID, isFull: self.needsWhole, openedAt: now, heardAt: now)
    }

    private mutating func stop() -> [Action] {
        var actions: [Action] = []
        if let stream = self.stream { actions.append(.close(stream.id)) }
        if case .polling(let polling) = self.state, let poll = polling.poll { actions.append(.close(poll)) }
        self.state = .stopped
        return actions
    }

    private mutating func heard(_ stream: Stream, at now: Instant) -> [Action] {
        // What comes after too long a silence waited in a buffer while this machine slept; its sender may be long gone.
        if let patience = self.patience, now >= patience { return self.tick(at: now) }
        var stream = stream
        stream.heardAt = now
        switch self.state {
        case .connecting:
            self.state = .streaming(stream)
            return [.connected]
        case .polling(let polling):
            self.state = .streaming(stream)
            return (polling.poll.map { [.close($0)] } ?? []) + [.connected]
        default:
            self.state = .streaming(stream)
            return []
        }
    }

    private mutating func delivered() {
        self.hasDelivered = true
        self.needsWhole = false
        self.misfits = 0
    }

    private mutating func misfit(_ stream: Stream, at now: Instant) -> [Action] {
        self.needsWhole = true
        self.misfits += 1
        guard self.misfits == 1 else { return [.close(stream.id)] + self.failed(stream, .unusable, at: now) }
        return [.close(stream.id), .resync, self.connect(at: now)]
    }

    private mutating func ended(_ stream: Stream, at now: Instant) -> [Action] {
        if self.settles(stream) {
            self.state = .backingOff(until: now + self.timings.returnJitter * self.random())
        } else {
            // In good order, but too soon for coming back at once again and again.
            self.state = .backingOff(until: now + self.backOff.next(random: self.random()))
        }
        return []
    }

    /// Whether the stream has lived long enough to prove that streams get through; then earlier failures are forgotten.
    private mutating func settles(_ stream: Stream) -> Bool {
        guard stream.heardAt - stream.openedAt >= self.timings.settledAfter else { return false }
        self.streamFailures = 0
        self.backOff.reset()
        self.trials.reset()
        return true
    }

    private mutating func failed(_ stream: Stream, _ failure: ConnectionFailure, at now: Instant) -> [Action] {
        let speaksAgainstStreams =
            switch failure {
            case .cut, .silent, .unusable, .unavailable: true
            case .unreachable, .refused: false
            }
        if !self.settles(stream), speaksAgainstStreams { self.streamFailures += 1 }
        if case .polling(var polling) = self.state {
            polling.trial = nil
            polling.nextTrial = now + self.trials.next(random: self.random())
            self.state = .polling(polling)
            return []
        }
        let limit = self.hasDelivered ? self.timings.streamFailuresBeforePolling : 1
        if speaksAgainstStreams, self.streamFailures >= limit { return self.fallBack(at: now) }
        self.state = .backingOff(until: now + self.wait(after: failure))
        return []
    }

    private mutating func fallBack(at now: Instant) -> [Action] {
        // Only a stream that settles ends the suspicion.
        self.streamFailures = max(self.streamFailures, self.timings.streamFailuresBeforePolling)
        self.state = .polling(
            Polling(nextPoll: now, nextTrial: now + self.trials.next(random: self.random())))
        return self.tick(at: now)
    }

    private mutating func wait(after failure: ConnectionFailure) -> Duration {
        let ceiling = max(self.timings.backOff.upperBound, .seconds(300))
        switch failure {
        case .unreachable, .cut, .silent, .unusable: return self.backOff.next(random: self.random())
        case .unavailable(let retryAfter):
            return max(self.backOff.next(random: self.random()), min(retryAfter ?? .zero, ceiling))
        case .refused(let retryAfter):
            return max(self.backOff.longest(random: self.random()), min(retryAfter ?? .zero, ceiling))
        }
    }

    private mutating func polled(_ id: Int, _ outcome: PollOutcome, at now: Instant) -> [Action] {
        guard case .polling(var polling) = self.state, polling.poll == id else { return [] }
        polling.poll = nil
        var actions: [Action] = []
        switch outcome {
        case .heard, .diverged:
            if !self.hasDelivered || polling.isFailing { actions.append(.connected) }
            // The control plane is back: perhaps the way for streams is as well.
            if polling.isFailing { polling.nextTrial = min(polling.nextTrial, now) }
            polling.isFailing = false
            polling.nextPoll = now + self.timings.pollInterval
            self.backOff.reset()
            self.delivered()
            if case .diverged = outcome { actions.append(.diverged) }
        case .failed(let failure):
            polling.isFailing = true
            polling.nextPoll = now + self.wait(after: failure)
        }
        self.state = .polling(polling)
        return actions + self.tick(at: now)
    }

    private mutating func tick(at now: Instant) -> [Action] {
        switch self.state {
        case .idle, .stopped: return []
        case .connecting(let stream):
            guard now >= stream.openedAt + self.timings.responseTimeout else { return [] }
            return [.close(stream.id)] + self.failed(stream, .silent, at: now)
        case .streaming(let stream):
            guard now >= stream.heardAt + self.timings.silenceLimit else { return [] }
            return [.close(stream.id)] + self.failed(stream, .silent, at: now)
        case .backingOff(let until): return now >= until ? [self.connect(at: now)] : []
        case .polling(let polling): return self.tick(polling, at: now)
        }
    }

    private mutating func tick(_ polling: Polling, at now: Instant) -> [Action] {
        var polling = polling
        var actions: [Action] = []
        if polling.poll == nil, now >= polling.nextPoll {
            self.lastID += 1
            polling.poll = self.lastID
            actions.append(.poll(self.lastID, full: self.needsWhole))
        }
        if let trial = polling.trial {
            if now >= trial.openedAt + self.timings.responseTimeout {
                self.streamFailures += 1
                polling.trial = nil
                polling.nextTrial = now + self.trials.next(random: self.random())
                actions.append(.close(trial.id))
            }
        } else if now >= polling.nextTrial {
            let trial = self.makeStream(at: now)
            polling.trial = trial
            actions.append(.open(trial.id, full: trial.isFull))
        }
        self.state = .polling(polling)
        return actions
    }
}
