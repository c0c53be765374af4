/// What came of scheduling a change.
public struct ScheduleOutcome: Sendable {
    /// The scheduled change; nil: it was only tried.
    public let record: ScheduledChange?
    /// What it would do if it were made now.
    public let preview: CommitOutcome
}
