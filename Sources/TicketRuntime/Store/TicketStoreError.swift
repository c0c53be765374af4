/// A store could not do what it was asked.
public struct TicketStoreError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kind of fault it is.
    public let cause: IncidentCause
    /// Whether the store may have done it all the same.
    public let isOutcomeUnknown: Bool
    /// What happened, without any secret.
    public let description: String

    /// What may be said of the store in public: `unreachable`, `overloaded`, `refused`, `silent` (an answer was lost), else
    /// `failed`.
    public var status: String {
        switch self.cause {
        case .storeUnreachable: "unreachable"
        case .storeOverloaded: "overloaded"
        case .storeRefused: "refused"
        case .replyLost: "silent"
        case .unconfirmed, .recordUnreadable, .randomUnavailable, .cancelled: "failed"
        }
    }

    /// A fault.
    public init(_ cause: IncidentCause, isOutcomeUnknown: Bool = false, _ description: String) {
        self.cause = cause
        self.isOutcomeUnknown = isOutcomeUnknown
        self.description = description
    }
}
