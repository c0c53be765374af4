public import FlagModel

/// What a commit, rollback, kill or apply did (or, as a dry run, would do).
public struct CommitResult: Sendable, Hashable, Codable {
    /// The environment.
    public var environment: EnvironmentName
    /// The revision in force afterwards (for a dry run: that would be).
    public var revision: Int64
    /// The revision in force before.
    public var previousRevision: Int64
    /// The SHA-256 of what the revision holds, in hexadecimal.
    public var digest: String
    /// Whether a revision was made; false when everything was already as asked.
    public var changed: Bool
    /// Whether nothing was written.
    public var dryRun: Bool
    /// How the revision came to be.
    public var kind: RevisionKind
    /// The revision whose content it restored, when it is a rollback.
    public var restoredRevision: Int64?
    /// When.
    public var at: Timestamp
    /// What changed.
    public var difference: ContentDifference
    /// Whether the environment's settings changed; they are not part of a revision.
    public var settingsChanged: Bool
    /// What changed in the settings, by path: `protected`, `invariants.NAME`; of a new environment, all of them.
    public var settingsDifference: [ContentDifference.Member]
    /// Whether the environment did not exist before.
    public var created: Bool
    /// The flags that a rollback would have brought back to life, but for the kill that it does not lift.
    public var keptKilled: [FlagKey]
    /// What the server found when it evaluated the flags that a rollback affects; absent for everything else.
    public var verification: RollbackCheck?
    /// The review item that a kill or a rollback opened; it stays until someone else closes it.
    public var review: Int64?
    /// The scheduled change that this is about: nothing was made yet, and the rest says what it would do now.
    public var scheduled: ScheduleDetail?
    /// Who gets another answer, where that was asked for.
    public var impact: ImpactReport?

    /// Creates the value of its parts.
    public init(
        environment: EnvironmentName, revision: Int64, previousRevision: Int64, digest: String, changed: Bool,
        dryRun: Bool, kind: RevisionKind, restoredRevision: Int64? = nil, at: Timestamp,
        difference: ContentDifference, settingsChanged: Bool,
        settingsDifference: [ContentDifference.Member] = [], created: Bool = false, keptKilled: [FlagKey] = [],
        verification: RollbackCheck? = nil, review: Int64? = nil, scheduled: ScheduleDetail? = nil,
        impact: ImpactReport? = nil
    ) {
        self.environment = environment
        self.revision = revision
        self.previousRevision = previousRevision
        self.digest = digest
        self.changed = changed
        self.dryRun = dryRun
        self.kind = kind
        self.restoredRevision = restoredRevision
        self.at = at
        self.difference = difference
        self.settingsChanged = settingsChanged
        self.settingsDifference = settingsDifference
        self.created = created
        self.keptKilled = keptKilled
        self.verification = verification
        self.review = review
        self.scheduled = scheduled
        self.impact = impact
    }
}
