/// `POST /v1/environments/{environment}/rollback`: a new revision with an older one's content.
public struct RollbackRequest: Sendable, Hashable, Codable {
    /// The revision to restore; absent: the one before the one in force. After a rollback that is the one before the
    /// restored revision, never the one just taken back.
    public var to: Int64?
    /// Why: 1 to 500 characters.
    public var reason: String
    /// Refuses all tickets issued so far.
    public var revokeTickets: Bool?
    /// Only says what would happen.
    public var dryRun: Bool?
    /// Also works out who would get another answer; absent: no.
    public var preview: PreviewRequest?

    /// Creates the value of its parts.
    public init(
        to: Int64? = nil, reason: String, revokeTickets: Bool? = nil, dryRun: Bool? = nil,
        preview: PreviewRequest? = nil
    ) {
        self.to = to
        self.reason = reason
        self.revokeTickets = revokeTickets
        self.dryRun = dryRun
        self.preview = preview
    }
}
