/// One entry of the audit: who did what, when and why. Entries form a chain in which each carries the digest of the one
/// before, so that none can be changed, left out or put in without every later digest being wrong.
public struct AuditEntry: Sendable, Hashable, Codable {
    /// 1, 2, 3, … without gaps.
    public var sequence: Int64
    /// When.
    public var at: Timestamp
    /// Who: a token's name, `configured-admin` or `system`.
    public var actor: String
    /// What was done, dotted: `flags.commit`, `flags.rollback`, `flags.kill`, `tokens.create`, ….
    public var action: String
    /// Where, if it concerns one environment.
    public var environment: EnvironmentName?
    /// The revision that it made, if it made one.
    public var revision: Int64?
    /// Why, in the words of whoever did it.
    public var reason: String
    /// What exactly. Never a secret.
    public var detail: JSONValue
    /// The previous entry's ``digest``; 64 zeros for the first.
    public var previous: String
    /// SHA-256, in hexadecimal, over the canonical JSON of all the members above.
    public var digest: String

    /// The ``previous`` of the first entry.
    public static let origin = String(repeating: "0", count: 64)

    /// An entry that follows `previous` (nil: the first), its digest computed.
    public init(
        following previous: (sequence: Int64, digest: String)?, at: Timestamp, actor: String, action: String,
        environment: EnvironmentName?, revision: Int64?, reason: String, detail: JSONValue
    ) {
        self.sequence = (previous?.sequence ?? 0) + 1
        self.at = at
        self.actor = actor
        self.action = action
        self.environment = environment
        self.revision = revision
        self.reason = reason
        self.detail = detail
        self.previous = previous?.digest ?? Self.origin
        self.digest = ""
        self.digest = self.computedDigest
    }
}
