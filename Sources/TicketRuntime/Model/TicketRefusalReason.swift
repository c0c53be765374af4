/// Why something was refused, as a stable slug for APIs and metrics.
public enum TicketRefusalReason: String, Sendable, Hashable, CaseIterable, Codable {
    /// Tickets are off for the user.
    case ticketsOff = "tickets-off"
    /// The user is not sufficiently known.
    case subjectIncomplete = "subject-incomplete"
    /// The ticket was used before.
    case replayed = "ticket-replayed"
    /// There is no such ticket, or it has ended.
    case unknownOrExpired = "ticket-unknown-or-expired"
    /// The ticket was issued by a primary of the store that is primary no more.
    case otherEpoch = "ticket-epoch"
    /// The ticket was revoked.
    case revoked = "ticket-revoked"
    /// The ticket came from elsewhere than it was issued to.
    case bindingMismatch = "binding-mismatch"
    /// The page's origin is not on the allow-list.
    case originNotAllowed = "origin-not-allowed"
    /// The ticket store cannot be used.
    case storeUnavailable = "store-unavailable"
    /// Whether the ticket was consumed cannot be known.
    case outcomeIndeterminate = "outcome-indeterminate"
    /// No random bytes can be had.
    case randomUnavailable = "random-unavailable"
}
