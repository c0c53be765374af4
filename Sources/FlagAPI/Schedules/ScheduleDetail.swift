public import FlagModel

/// A change that is, or was, to be made at a time.
public struct ScheduleDetail: Sendable, Hashable, Codable {
    /// Its number.
    public var id: Int64
    /// Where.
    public var environment: EnvironmentName
    /// When.
    public var at: Timestamp
    /// What happens when it cannot be made then: `run-late` or `skip`.
    public var ifMissed: String
    /// With `skip`: how many seconds late it may be made.
    public var graceSeconds: Int64?
    /// The revision that its author saw.
    public var baseRevision: Int64
    /// Who scheduled it.
    public var author: String
    /// Why.
    public var reason: String
    /// When it was scheduled.
    public var createdAt: Timestamp
    /// waiting, executed, refused, skipped or cancelled.
    public var state: String
    /// When it came to that; absent: it waits.
    public var settledAt: Timestamp?
    /// The revision that it made; absent: none.
    public var revision: Int64?
    /// Why it came to that.
    public var note: String?
    /// What it changes of the revision that its author saw.
    public var difference: ContentDifference

    /// Creates the value of its parts.
    public init(
        id: Int64, environment: EnvironmentName, at: Timestamp, ifMissed: String, graceSeconds: Int64? = nil,
        baseRevision: Int64, author: String, reason: String, createdAt: Timestamp, state: String,
        settledAt: Timestamp? = nil, revision: Int64? = nil, note: String? = nil, difference: ContentDifference
    ) {
        self.id = id
        self.environment = environment
        self.at = at
        self.ifMissed = ifMissed
        self.graceSeconds = graceSeconds
        self.baseRevision = baseRevision
        self.author = author
        self.reason = reason
        self.createdAt = createdAt
        self.state = state
        self.settledAt = settledAt
        self.revision = revision
        self.note = note
        self.difference = difference
    }
}
