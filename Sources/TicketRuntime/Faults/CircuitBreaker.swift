/// Decides whether a store that fails is asked again, so that callers are refused at once instead of each waiting for a
/// deadline. A pure value: it has no clock and performs nothing.
///
/// Closed, it admits everyone; after so many failures in a row it opens. Open, it refuses everyone until its pause is
/// over, then admits one caller as a probe. A probe that fails opens it again for twice as long; any success closes it.
/// It fails closed: what it refuses is refused, never let through by another way.
public struct CircuitBreaker: Sendable, Hashable {
    /// How patient the breaker is.
    public struct Settings: Sendable, Hashable {
        /// The failures in a row after which it opens. At least 1.
        public var failureThreshold = 5
        /// The first pause.
        public var initialPause: Duration = .milliseconds(500)
        /// The longest pause.
        public var maximumPause: Duration = .seconds(10)
        /// After how long a probe that was not heard of is given up.
        public var probeTimeout: Duration = .seconds(5)

        /// The defaults.
        public init() {}
    }

    /// Whether a caller may ask the store.
    enum Admission: Sendable, Hashable {
        /// Yes, like everyone.
        case admitted
        /// Yes, as the only one, to find out.
        case probe
        /// No; it is worth coming back after so many milliseconds, at least 1.
        case refused(retryAfter: Int64)
    }

    /// What happened to the breaker, for the log.
    enum Transition: Sendable, Hashable {
        /// It refuses callers for so many milliseconds.
        case opened(pause: Int64)
        /// It admits everyone again.
        case closed
    }

    private enum State: Sendable, Hashable {
        case closed(failures: Int)
        case open(since: Int64, pause: Int64)
        case probing(since: Int64, pause: Int64)
    }

    let settings: Settings
    private var state = State.closed(failures: 0)

    init(settings: Settings = Settings()) {
        self.settings = settings
    }

    /// Whether it admits everyone and has nothing to remember.
    var isPristine: Bool { self.state == .closed(failures: 0) }

    /// Whether it admits everyone.
    var isClosed: Bool {
        if case .closed = self.state { true } else { false }
    }

    /// A caller wants to ask the store. `now` is in milliseconds.
    mutating func admit(at now: Int64) -> Admission {
        switch self.state {
        case .closed: return .admitted
        case .open(let since, let pause):
            let left = pause - max(0, now - since)
            guard left <= 0 else { return .refused(retryAfter: left) }
            self.state = .probing(since: now, pause: pause)
            return .probe
        case .probing(let since, let pause):
            let left = self.settings.probeTimeout.milliseconds - max(0, now - since)
            guard left <= 0 else { return .refused(retryAfter: max(1, min(left, pause))) }
            self.state = .probing(since: now, pause: pause)
            return .probe
        }
    }

    /// The store answered. Whoever asked, and whenever: it works.
    mutating func succeeded() -> Transition? {
        defer { self.state = .closed(failures: 0) }
        return self.isClosed ? nil : .closed
    }

    /// The store failed a caller that was admitted as `admission`.
    mutating func failed(_ admission: Admission, at now: Int64) -> Transition? {
        switch self.state {
        case .closed(let failures):
            guard failures + 1 >= self.settings.failureThreshold else {
                self.state = .closed(failures: failures + 1)
                return nil
            }
            return self.open(at: now, pause: self.settings.initialPause.milliseconds)
        case .open:
            // Admitted before it opened: nothing new.
            return nil
        case .probing(_, let pause):
            guard admission == .probe else { return nil }
            return self.open(at: now, pause: min(pause * 2, self.settings.maximumPause.milliseconds))
        }
    }

    /// A caller left without having learnt anything about the store; if it was the probe, the next caller is one.
    mutating func abandoned(_ admission: Admission, at now: Int64) {
        guard admission == .probe, case .probing(_, let pause) = self.state else { return }
        self.state = .open(since: now - pause, pause: pause)
    }

    private mutating func open(at now: Int64, pause: Int64) -> Transition {
        self.state = .open(since: now, pause: max(1, pause))
        return .opened(pause: max(1, pause))
    }
}
