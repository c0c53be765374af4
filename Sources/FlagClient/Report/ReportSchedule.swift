/// When a client says what it has applied: at once after each change, again and again in between, never twice at a time.
/// Reports do not queue up: what is sent is what is applied at that moment.
struct ReportSchedule: Sendable {
    typealias Instant = ContinuousClock.Instant

    private enum State: Sendable {
        /// Nothing is to be sent before a moment; nil: before there is something to say.
        case waiting(until: Instant?)
        /// A report is on its way; `again`: what it says has been overtaken.
        case sending(again: Bool)
    }

    /// The time between two reports until the server has said how long a client may be quiet.
    static let firstInterval: Duration = .seconds(10)

    private let random: @Sendable () -> Double
    private var state = State.waiting(until: nil)
    private var interval = Self.firstInterval
    private var backOff = BackOff(.milliseconds(100) ... .seconds(30))

    /// A schedule without a report.
    ///
    /// - Parameter random: Numbers from 0 up to 1, by which waits are spread.
    init(random: @escaping @Sendable () -> Double) {
        self.random = random
    }

    /// When ``tick(at:)`` is due; nil: never.
    var deadline: Instant? {
        if case .waiting(let until) = self.state { until } else { nil }
    }

    /// There is something to say. Each of these four says whether a report is to be sent now.
    mutating func request() -> Bool {
        if case .sending = self.state {
            self.state = .sending(again: true)
            return false
        }
        self.state = .sending(again: false)
        return true
    }

    /// Time has passed.
    mutating func tick(at now: Instant) -> Bool {
        guard let deadline = self.deadline, now >= deadline else { return false }
        return self.request()
    }

    /// The server took the report.
    ///
    /// - Parameter reportWithin: How long it lets the client be quiet. A third of it is the time between reports, so that
    ///   one may be lost.
    mutating func answered(reportWithin: Duration, at now: Instant) -> Bool {
        self.backOff.reset()
        self.interval = min(max(reportWithin / 3, .milliseconds(100)), .seconds(3600))
        return self.ended(waiting: self.interval, at: now)
    }

    /// The report did not arrive, or was refused.
    ///
    /// - Parameter isFinal: Whether it would be refused again.
    mutating func failed(isFinal: Bool, at now: Instant) -> Bool {
        // What failed is not repeated at once, be it overtaken or not: the next report says all there is to say.
        if case .sending = self.state { self.state = .sending(again: false) }
        let pause = self.backOff.next(random: self.random())
        return self.ended(waiting: isFinal ? max(pause, self.interval) : min(pause, self.interval), at: now)
    }

    private mutating func ended(waiting pause: Duration, at now: Instant) -> Bool {
        guard case .sending(let again) = self.state else { return false }
        self.state = .waiting(until: now + pause)
        return again ? self.request() : false
    }
}
