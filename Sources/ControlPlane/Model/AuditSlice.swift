public import FlagModel

/// A part of the audit, oldest entry first.
public struct AuditSlice: Sendable, Hashable {
    /// The entries.
    public var entries: [AuditEntry]
    /// What to pass as `after` for the next part; nil when this one reaches the end.
    public var nextAfter: Int64?
    /// The number of the newest entry of all; 0 when there is none.
    public var lastSequence: Int64
    /// The digest of the newest entry of all, the one to keep elsewhere.
    public var lastDigest: String
}
