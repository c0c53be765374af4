public import FlagModel

/// Who came, and what they may do: what a ticket was good for.
public struct TicketIdentity: Sendable, Hashable {
    /// The user's id.
    public let userID: String
    /// The user's e-mail address.
    public let email: String
    /// The permissions granted.
    public let permissions: [String]
    /// What was carried along.
    public let metadata: [String: JSONValue]
    /// How the user was authenticated.
    public let pathway: Pathway
    /// When the ticket was issued.
    public let issuedAt: Timestamp
    /// When the ticket ends.
    public let expiresAt: Timestamp
    /// Whether the ticket is good once.
    public let isSingleUse: Bool
    /// The revision of the policy under which it was issued.
    public let revision: Int64
    /// The side of the rollout that the user was on then.
    public let cohort: TicketCohort

    init(_ record: TicketRecord) {
        self.userID = record.userID
        self.email = record.email
        self.permissions = record.permissions
        self.metadata = record.metadata.members
        self.pathway = .ticket
        self.issuedAt = record.issuedAt
        self.expiresAt = record.expiresAt
        self.isSingleUse = record.kind == .singleUse
        self.revision = record.revision
        self.cohort = record.cohort
    }
}
