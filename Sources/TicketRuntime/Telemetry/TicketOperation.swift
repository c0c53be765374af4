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
    /// A WebSocket was to be opened: once for each handshake, under the pathway that let its user in, or under the one whose
    /// refusal was answered. A ticket is counted as consumed as well.
    case authenticate
    /// A credential of a handshake did not decide it: another one let its user in, or another's refusal was answered.
    case passOver = "pass-over"
}
