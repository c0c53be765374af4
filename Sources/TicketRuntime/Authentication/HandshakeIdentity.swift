public import FlagModel

/// Who opens a WebSocket, and by which pathway they were let in.
public struct HandshakeIdentity: Sendable, Hashable {
    /// The user's id.
    public let userID: String
    /// The user's e-mail address; a ticket always has one.
    public let email: String?
    /// The permissions granted.
    public let permissions: [String]
    /// What a ticket carried along; empty for other pathways.
    public let metadata: [String: JSONValue]
    /// The pathway.
    public let pathway: Pathway
    /// When the credential ends. A WebSocket may outlive a ticket; for other credentials it is the owner's to decide.
    public let expiresAt: Timestamp?
    /// The revision of the policy that decided: a ticket's, at its issue.
    public let revision: Int64
    /// The side of the rollout of tickets that the user is on: a ticket's, at its issue.
    public let cohort: TicketCohort

    init(_ identity: TicketIdentity) {
        self.userID = identity.userID
        self.email = identity.email
        self.permissions = identity.permissions
        self.metadata = identity.metadata
        self.pathway = .ticket
        self.expiresAt = identity.expiresAt
        self.revision = identity.revision
        self.cohort = identity.cohort
    }

    init(_ user: ProvenUser, by pathway: Pathway, revision: Int64, cohort: TicketCohort) {
        self.userID = user.id
        self.email = user.email
        self.permissions = user.permissions
        self.metadata = [:]
        self.pathway = pathway
        self.expiresAt = user.expiresAt
        self.revision = revision
        self.cohort = cohort
    }
}
