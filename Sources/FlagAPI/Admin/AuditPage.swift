public import FlagModel

/// `GET /v1/audit`: entries of the audit chain, oldest first.
public struct AuditPage: Sendable, Hashable, Codable {
    /// The entries of this page.
    public var entries: [AuditEntry]
    /// What to pass as `after` for the next page; absent on the last one.
    public var nextAfter: Int64?
    /// The number of the newest entry.
    public var lastSequence: Int64
    /// The digest of the newest entry, the one to keep elsewhere.
    public var lastDigest: String

    /// Creates the value of its parts.
    public init(entries: [AuditEntry], nextAfter: Int64? = nil, lastSequence: Int64, lastDigest: String) {
        self.entries = entries
        self.nextAfter = nextAfter
        self.lastSequence = lastSequence
        self.lastDigest = lastDigest
    }
}
