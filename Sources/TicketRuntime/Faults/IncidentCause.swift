/// What can go wrong with tickets without being a client's fault. Each cause is logged on its own.
public enum IncidentCause: String, Sendable, Hashable, CaseIterable {
    /// The store cannot be reached, or does not answer in time.
    case storeUnreachable = "store-unreachable"
    /// The store was asked for more than it takes at once.
    case storeOverloaded = "store-overloaded"
    /// The store answered that it will not do it.
    case storeRefused = "store-refused"
    /// A consumption was sent and its answer was lost.
    case replyLost = "reply-lost"
    /// No replica confirmed a consumption.
    case unconfirmed = "consumption-unconfirmed"
    /// What stands under a ticket's key is not a record of this program.
    case recordUnreadable = "record-unreadable"
    /// The random generator failed, or gave the same twice.
    case randomUnavailable = "random-unavailable"
    /// The caller gave up waiting. Nothing is wrong with the store.
    case cancelled

    /// Whether it tells against the store, so that the circuit breaker counts it.
    var isStoreFailure: Bool {
        switch self {
        case .storeUnreachable, .storeRefused, .replyLost: true
        case .storeOverloaded, .unconfirmed, .recordUnreadable, .randomUnavailable, .cancelled: false
        }
    }

    /// Whether an answer of the store shows that it is over.
    var endsWhenStoreAnswers: Bool { self.isStoreFailure || self == .storeOverloaded }

    /// Whether a person should hear of it.
    var isLogged: Bool { self != .cancelled }
}
