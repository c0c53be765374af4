public import FlagModel

/// A revision without its content: one line of the history.
public struct RevisionRecord: Sendable, Hashable {
    /// Its number: 1, 2, 3, … without gaps. It gives the order; the clock of ``at`` may have been set back meanwhile.
    public var number: Int64
    /// When it was made.
    public var at: Timestamp
    /// Who made it.
    public var author: String
    /// Why.
    public var reason: String
    /// How it came to be.
    public var origin: RevisionOrigin
    /// The revision that a rollback restored.
    public var restoredRevision: Int64?
    /// The digest of what it holds (``Snapshot/digest``).
    public var digest: String
    /// The flags that it added, changed or removed, by key.
    public var flags: [FlagKey]
    /// The segments that it added, changed or removed, by name.
    public var segments: [SegmentName]

    /// A revision.
    public init(
        number: Int64, at: Timestamp, author: String, reason: String, origin: RevisionOrigin,
        restoredRevision: Int64? = nil, digest: String, flags: [FlagKey], segments: [SegmentName] = []
    ) {
        self.number = number
        self.at = at
        self.author = author
        self.reason = reason
        self.origin = origin
        self.restoredRevision = restoredRevision
        self.digest = digest
        self.flags = flags
        self.segments = segments
    }
}
