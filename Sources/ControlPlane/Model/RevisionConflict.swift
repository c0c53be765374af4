public import FlagModel

/// A changeset was made on a revision that is no longer in force.
public struct RevisionConflict: Sendable, Hashable {
    /// The environment.
    public var environment: EnvironmentName
    /// The revision that the changeset was made on.
    public var base: Int64
    /// The revision in force.
    public var current: Int64
    /// What changed from the one to the other.
    public var difference: ContentDifference
}
