/// A store could not do what it was asked.
public struct TicketStoreError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kind of fault it is.
    public let cause: IncidentCause
    /// Whether the store may have done it all the same.
    public let isOutcomeUnknown: Bool
    /// What happened, without any secret.
    public let description: String

    /// A fault.
    public init(_ cause: IncidentCause, isOutcomeUnknown: Bool = false, _ description: String) {
        self.cause = cause
        self.isOutcomeUnknown = isOutcomeUnknown
        self.description = description
    }
}
