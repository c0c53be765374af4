public import FlagModel

/// A revision, without its content.
public struct RevisionSummary: Sendable, Hashable, Codable {
    /// Its number.
    public var revision: Int64
    /// When it was made.
    public var at: Timestamp
    /// Who made it.
    public var author: String
    /// Why.
    public var reason: String
    /// How it came to be.
    public var kind: RevisionKind
    /// The revision whose content it restored, when it is a rollback.
    public var restoredRevision: Int64?
    /// The SHA-256 of what it holds, in hexadecimal.
    public var digest: String
    /// The keys of the flags that it changed.
    public var flags: [String]
    /// The names of the segments that it changed; absent: none.
    public var segments: [String]?

    /// Creates the value of its parts.
    public init(
        revision: Int64, at: Timestamp, author: String, reason: String, kind: RevisionKind,
        restoredRevision: Int64? = nil, digest: String, flags: [String], segments: [String]? = nil
    ) {
        self.revision = revision
        self.at = at
        self.author = author
        self.reason = reason
        self.kind = kind
        self.restoredRevision = restoredRevision
        self.digest = digest
        self.flags = flags
        self.segments = segments
    }
}
