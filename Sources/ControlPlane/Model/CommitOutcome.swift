public import FlagModel

/// What a commit, rollback, kill or apply did; for a dry run, what it would have done.
public struct CommitOutcome: Sendable {
    /// What is in force afterwards.
    public let head: EnvironmentHead
    /// The snapshot in force before; nil: the environment is new.
    public let previous: Snapshot?
    /// The revision that was made; nil when everything was already as asked.
    public let record: RevisionRecord?
    /// What was asked for.
    public let origin: RevisionOrigin
    /// The revision whose flags were to be restored, when a rollback was asked for.
    public let restoredRevision: Int64?
    /// The flags that a rollback without a target left killed although the restored revision has them alive.
    public let keptKilled: [FlagKey]
    /// When it was decided.
    public let at: Timestamp
    /// What changed.
    public let difference: ContentDifference
    /// Whether the environment's settings changed (or are new); they are not part of a revision.
    public let settingsChanged: Bool
    /// What changed in the settings; of a new environment, all of them.
    public let settingsDifference: [ContentDifference.Member]
    /// Whether the environment did not exist before.
    public let isCreated: Bool
    /// Whether nothing was written because only a preview was asked for.
    public let isDryRun: Bool
    /// The review item that a kill or a rollback opened: it stays until someone else closes it.
    public internal(set) var review: Int64?

    /// The environment.
    public var environment: EnvironmentName { self.head.name }
    /// The revision in force afterwards.
    public var revision: Int64 { self.head.revision }
    /// The revision in force before; 0: none.
    public var previousRevision: Int64 { self.previous?.revision ?? 0 }
    /// The digest of what it holds.
    public var digest: String { self.head.snapshot.digest }
    /// Whether a revision was made.
    public var isChanged: Bool { self.record != nil }
}
