/// A part of an environment's history, newest first.
public struct HistoryPage: Sendable, Hashable {
    /// The revisions.
    public var revisions: [RevisionRecord]
    /// What to pass as `before` for the next page; nil on the last one.
    public var nextBefore: Int64?
}
