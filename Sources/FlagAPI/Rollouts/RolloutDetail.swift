public import FlagModel

/// `GET /v1/environments/{environment}/rollouts/{rollout}`: a rollout, how far it is, and what it waits for.
public struct RolloutDetail: Sendable, Hashable, Codable {
    /// The rollout in short.
    public var summary: RolloutSummary
    /// Its plan, as it was given.
    public var plan: JSONValue
    /// The steps in order.
    public var steps: [RolloutStepDetail]
    /// What watches the step that is in force.
    public var guards: [RolloutGuardDetail]
    /// What it waits for, in words, in the order in which that comes: `every instance: 11 of 12`, `hold: 3m of 10m`.
    public var waitingFor: [String]
    /// The revision that was in force when it began, to which the flag goes back; absent: it has not begun.
    public var baseRevision: Int64?
    /// The revision that took the step in force.
    public var revision: Int64?
    /// How long the step was held, in milliseconds.
    public var heldMilliseconds: Int64
    /// How long it shall be held, in milliseconds.
    public var holdMilliseconds: Int64

    /// Creates the value of its parts.
    public init(
        summary: RolloutSummary, plan: JSONValue, steps: [RolloutStepDetail], guards: [RolloutGuardDetail],
        waitingFor: [String], baseRevision: Int64? = nil, revision: Int64? = nil, heldMilliseconds: Int64,
        holdMilliseconds: Int64
    ) {
        self.summary = summary
        self.plan = plan
        self.steps = steps
        self.guards = guards
        self.waitingFor = waitingFor
        self.baseRevision = baseRevision
        self.revision = revision
        self.heldMilliseconds = heldMilliseconds
        self.holdMilliseconds = holdMilliseconds
    }
}
