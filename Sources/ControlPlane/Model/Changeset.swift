public import FlagModel

/// A proposed set of changes, made on the revision that the author saw.
public struct Changeset: Sendable, Hashable {
    /// The revision that the author saw. If another is in force by now, the changeset is refused with the difference.
    public var baseRevision: Int64
    /// Why: 1 to 500 characters.
    public var reason: String
    /// The steps, done in order, all or none.
    public var changes: [FlagChange]

    /// A changeset.
    public init(baseRevision: Int64, reason: String, changes: [FlagChange]) {
        self.baseRevision = baseRevision
        self.reason = reason
        self.changes = changes
    }
}
