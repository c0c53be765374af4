/// What a walk along the whole audit found.
public struct AuditVerification: Sendable, Hashable {
    /// How many entries fitted, counted from the first.
    public var entries: Int64
    /// The digest of the last entry that fitted.
    public var lastDigest: String
    /// The first thing that does not fit; nil: the audit is whole, and every revision stands in it as it was made.
    public var fault: String?

    /// A finding.
    public init(entries: Int64, lastDigest: String, fault: String?) {
        self.entries = entries
        self.lastDigest = lastDigest
        self.fault = fault
    }
}
