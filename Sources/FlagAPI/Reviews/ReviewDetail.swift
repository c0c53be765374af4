public import FlagModel

/// Something that was done without waiting for anyone, and that someone else has to look at.
public struct ReviewDetail: Sendable, Hashable, Codable {
    /// Its number.
    public var id: Int64
    /// Where it was done.
    public var environment: EnvironmentName
    /// kill, rollback or rollout-rollback.
    public var cause: String
    /// Who did it.
    public var author: String
    /// Why.
    public var reason: String
    /// When.
    public var at: Timestamp
    /// The revision in force afterwards.
    public var revision: Int64
    /// The rollout that went back; absent: none.
    public var rollout: Int64?
    /// The flags that it changed.
    public var flags: [FlagKey]
    /// What the guard read that decided; absent: none did.
    public var evidence: JSONValue?
    /// When it was closed; absent: it is open.
    public var closedAt: Timestamp?
    /// Who closed it.
    public var closedBy: String?
    /// What they found.
    public var note: String?

    /// Creates the value of its parts.
    public init(
        id: Int64, environment: EnvironmentName, cause: String, author: String, reason: String, at: Timestamp,
        revision: Int64, rollout: Int64? = nil, flags: [FlagKey], evidence: JSONValue? = nil,
        closedAt: Timestamp? = nil, closedBy: String? = nil, note: String? = nil
    ) {
        self.id = id
        self.environment = environment
        self.cause = cause
        self.author = author
        self.reason = reason
        self.at = at
        self.revision = revision
        self.rollout = rollout
        self.flags = flags
        self.evidence = evidence
        self.closedAt = closedAt
        self.closedBy = closedBy
        self.note = note
    }
}
