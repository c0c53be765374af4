public import FlagModel

/// `POST /v1/environments/{environment}/changesets`: a proposed set of changes, made on a revision.
public struct ChangesetRequest: Sendable, Hashable, Codable {
    /// The revision that the author saw. If another is in force by now, the answer is 409 with the difference.
    public var baseRevision: Int64
    /// Why: 1 to 500 characters.
    public var reason: String
    /// The steps, done in order, all or none.
    public var changes: [FlagChange]
    /// Only says what would happen.
    public var dryRun: Bool?
    /// Also works out who would get another answer; absent: no.
    public var preview: PreviewRequest?
    /// Makes the change at a time; absent: at once.
    public var schedule: ScheduleRequest?

    /// Creates the value of its parts.
    public init(
        baseRevision: Int64, reason: String, changes: [FlagChange], dryRun: Bool? = nil, preview: PreviewRequest? = nil,
        schedule: ScheduleRequest? = nil
    ) {
        self.baseRevision = baseRevision
        self.reason = reason
        self.changes = changes
        self.dryRun = dryRun
        self.preview = preview
        self.schedule = schedule
    }
}
