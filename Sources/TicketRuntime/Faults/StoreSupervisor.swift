import FlagModel
import Logging
import Synchronization

/// Stands between the runtime and its store: lets the circuit breaker decide who asks, and logs what goes wrong. All
/// decisions are the breaker's and the incident log's; here they are only shared, timed and written down.
final class StoreSupervisor: Sendable {
    private struct State {
        var breaker: CircuitBreaker
        var incidents: IncidentLog
    }

    private let state: Mutex<State>
    /// True while there is nothing to remember, so that a healthy store costs one atomic read.
    private let isPristine = Atomic<Bool>(true)
    /// What fails when the store does, for the log: `tickets`.
    private let purpose: String
    private let logger: Logger
    private let clock: TicketClock

    init(
        of purpose: String = "tickets", breaker: CircuitBreaker.Settings, incidentInterval: Duration, logger: Logger,
        clock: TicketClock
    ) {
        self.purpose = purpose
        self.state = Mutex(
            State(breaker: CircuitBreaker(settings: breaker), incidents: IncidentLog(interval: incidentInterval)))
        self.logger = logger
        self.clock = clock
    }

    /// Whether the store may be asked.
    func admit() -> CircuitBreaker.Admission {
        if self.isPristine.load(ordering: .relaxed) { return .admitted }
        return self.state.withLock { $0.breaker.admit(at: self.clock.uptime()) }
    }

    /// Whether the last question to the store failed, or nobody may ask it at present.
    var isStoreInDoubt: Bool {
        if self.isPristine.load(ordering: .relaxed) { return false }
        return self.state.withLock { !$0.breaker.isPristine }
    }

    /// Whether the breaker keeps callers from the store.
    var isOpen: Bool { self.state.withLock { !$0.breaker.isClosed } }

    /// The store answered.
    func succeeded() {
        if self.isPristine.load(ordering: .relaxed) { return }
        let lines = self.state.withLock { state in
            _ = state.breaker.succeeded()
            let lines = state.incidents.recovered(at: self.clock.uptime())
            self.isPristine.store(state.breaker.isPristine && state.incidents.isQuiet, ordering: .relaxed)
            return lines
        }
        lines.forEach { self.write($0, details: nil, ticket: nil) }
    }

    /// The store did not do what it was asked.
    ///
    /// - Returns: After how many milliseconds it is worth trying again.
    func failed(_ error: TicketStoreError, admission: CircuitBreaker.Admission, ticket: TicketFingerprint?) -> Int64 {
        let now = self.clock.uptime()
        let (line, transition, retryAfter) = self.state.withLock { state in
            self.isPristine.store(false, ordering: .relaxed)
            var transition: CircuitBreaker.Transition?
            if error.cause.isStoreFailure {
                transition = state.breaker.failed(admission, at: now)
            } else {
                state.breaker.abandoned(admission, at: now)
            }
            let line = error.cause.isLogged ? state.incidents.occurred(error.cause, at: now) : nil
            return (line, transition, Self.pause(transition) ?? state.breaker.settings.initialPause.milliseconds)
        }
        if let line { self.write(line, details: error.description, ticket: ticket) }
        if case .opened(let pause)? = transition {
            self.logger.warning(
                "the store of \(self.purpose) is not asked for a while; callers are refused at once",
                metadata: [TicketLogKey.pause: "\(pause)"])
        }
        return retryAfter
    }

    /// Something went wrong that is not the store's failure to answer.
    func report(_ cause: IncidentCause, _ details: String, ticket: TicketFingerprint?) {
        let line = self.state.withLock { state in
            self.isPristine.store(false, ordering: .relaxed)
            return state.incidents.occurred(cause, at: self.clock.uptime())
        }
        if let line { self.write(line, details: details, ticket: ticket) }
    }

    private static func pause(_ transition: CircuitBreaker.Transition?) -> Int64? {
        if case .opened(let pause)? = transition { pause } else { nil }
    }

    private func write(_ line: IncidentLog.Line, details: String?, ticket: TicketFingerprint?) {
        switch line {
        case .occurred(let cause, let count):
            var metadata: Logger.Metadata = [
                TicketLogKey.cause: "\(cause.rawValue)", TicketLogKey.count: "\(count)",
            ]
            if let ticket { metadata[TicketLogKey.fingerprint] = "\(ticket)" }
            self.logger.critical("\(self.purpose) fail: \(details ?? cause.rawValue)", metadata: metadata)
        case .recovered(let cause, let count, let unreported, let lasted):
            self.logger.notice(
                "\(self.purpose) work again",
                metadata: [
                    TicketLogKey.cause: "\(cause.rawValue)", TicketLogKey.count: "\(count)",
                    TicketLogKey.unreported: "\(unreported)", TicketLogKey.lasted: "\(lasted)",
                ])
        }
    }
}
