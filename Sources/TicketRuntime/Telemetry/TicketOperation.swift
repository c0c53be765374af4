/// What was tried.
public enum TicketOperation: String, Sendable, Hashable, CaseIterable, Codable {
    /// A user asked for a ticket.
    case issue
    /// A ticket was presented.
    case consume
    /// A ticket was looked at.
    case validate
    /// A ticket was to be revoked.
    case revoke
    /// All of a user's tickets were to be revoked.
    case revokeAll = "revoke-all"
}
