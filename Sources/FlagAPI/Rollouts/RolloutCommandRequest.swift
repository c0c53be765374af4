/// `POST /v1/environments/{environment}/rollouts/{rollout}/{command}`: asks something of a rollout.
public struct RolloutCommandRequest: Sendable, Hashable, Codable {
    /// Why: 1 to 500 characters.
    public var reason: String
    /// `promote`: the last step rather than the next; absent: no.
    public var full: Bool?
    /// `approve`: the step that was looked at, from 1. Another one that waits by now is not approved.
    public var step: Int64?
    /// `undo`: also refuses all tickets issued so far; absent: no.
    public var revokeTickets: Bool?

    /// Creates the value of its parts.
    public init(reason: String, full: Bool? = nil, step: Int64? = nil, revokeTickets: Bool? = nil) {
        self.reason = reason
        self.full = full
        self.step = step
        self.revokeTickets = revokeTickets
    }
}
