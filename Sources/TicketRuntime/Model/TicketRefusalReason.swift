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
    /// The handshake cannot be understood in one way only.
    case handshakeMalformed = "handshake-malformed"
    /// The handshake holds no credential.
    case credentialMissing = "credential-missing"
    /// The credential proves nobody.
    case credentialInvalid = "credential-invalid"
    /// The pathway is off for the user, or for everyone.
    case pathwayOff = "pathway-off"
    /// The handshake's credentials prove different users.
    case identityConflict = "identity-conflict"
    /// Who the user is cannot be found out at present.
    case verificationUnavailable = "verification-unavailable"
    /// No snapshot was applied yet, so what was revoked is not known.
    case notReady = "not-ready"
}
