public import FlagModel

/// What happened since the runtime started: a momentary picture of its counters.
public struct TicketStatistics: Sendable, Hashable {
    /// One counter that is not zero.
    public struct Entry: Sendable, Hashable {
        /// What was tried.
        public let operation: TicketOperation
        /// How the user was to be authenticated.
        public let pathway: Pathway
        /// The side of the rollout that the user is on.
        public let cohort: TicketCohort
        /// Why it was refused; nil: it was not.
        public let refusal: TicketRefusalReason?
        /// How often.
        public let count: Int
    }

    /// The counters that are not zero, in the order of their cases.
    public let entries: [Entry]

    /// Tickets handed out.
    public var issued: Int { self.count { $0.operation == .issue && $0.refusal == nil } }
    /// Tickets that were good.
    public var consumed: Int { self.count { $0.operation == .consume && $0.refusal == nil } }
    /// Tickets presented once more.
    public var replays: Int { self.count { $0.operation == .consume && $0.refusal == .replayed } }
    /// Operations that failed because of the store.
    public var storeFailures: Int {
        self.count { $0.refusal == .storeUnavailable || $0.refusal == .outcomeIndeterminate }
    }

    /// Refusals for this reason, of any operation.
    public func refused(_ reason: TicketRefusalReason) -> Int { self.count { $0.refusal == reason } }

    /// The sum of the counters that satisfy `condition`.
    public func count(where condition: (Entry) -> Bool) -> Int {
        self.entries.reduce(0) { condition($1) ? $0 + $1.count : $0 }
    }
}
