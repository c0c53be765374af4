/// The keys of what is logged about tickets.
enum TicketLogKey {
    /// The ``IncidentCause``.
    static let cause = "ticket.cause"
    /// How often it happened.
    static let count = "ticket.count"
    /// How often it happened since the last line.
    static let unreported = "ticket.unreported"
    /// For how long it went on, in milliseconds.
    static let lasted = "ticket.lasted_ms"
    /// For how long the store is left alone, in milliseconds.
    static let pause = "ticket.pause_ms"
    /// The ``TicketFingerprint``.
    static let fingerprint = "ticket.fingerprint"
    /// The environment.
    static let environment = "ticket.environment"
    /// What was refused, as the slug of a ``TicketRefusalReason``.
    static let reason = "ticket.reason"
    /// A ``Pathway``.
    static let pathway = "ticket.pathway"
    /// A revision of the policy.
    static let revision = "ticket.revision"
    /// A flag of the policy.
    static let flag = "ticket.flag"
}
