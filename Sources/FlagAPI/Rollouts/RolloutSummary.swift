public import FlagModel

/// A rollout, in short.
public struct RolloutSummary: Sendable, Hashable, Codable {
    /// Its number, over all environments.
    public var id: Int64
    /// Where it runs.
    public var environment: EnvironmentName
    /// The flag that it moves.
    public var flag: FlagKey
    /// Where it stands.
    public var state: RolloutState
    /// Why it stands still, or went back.
    public var cause: RolloutCause?
    /// The step that it is at, from 1.
    public var step: Int64
    /// How many steps there are.
    public var steps: Int64
    /// The share of the step that is in force, in percent; absent: none was taken.
    public var percentage: Double?
    /// When it begins, if that was said.
    public var startsAt: Timestamp?
    /// Who started it.
    public var author: String
    /// Why.
    public var reason: String
    /// When it was started, or scheduled.
    public var createdAt: Timestamp
    /// When something of it was last stored.
    public var updatedAt: Timestamp

    /// Creates the value of its parts.
    public init(
        id: Int64, environment: EnvironmentName, flag: FlagKey, state: RolloutState, cause: RolloutCause? = nil,
        step: Int64, steps: Int64, percentage: Double? = nil, startsAt: Timestamp? = nil, author: String,
        reason: String, createdAt: Timestamp, updatedAt: Timestamp
    ) {
        self.id = id
        self.environment = environment
        self.flag = flag
        self.state = state
        self.cause = cause
        self.step = step
        self.steps = steps
        self.percentage = percentage
        self.startsAt = startsAt
        self.author = author
        self.reason = reason
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }
}
