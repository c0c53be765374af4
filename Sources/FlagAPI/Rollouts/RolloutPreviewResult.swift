public import FlagModel

/// What a plan would do in an environment, before anything happens.
public struct RolloutPreviewResult: Sendable, Hashable, Codable {
    /// A step as it would be taken.
    public struct Step: Sendable, Hashable, Codable {
        /// The step; all are ahead.
        public var step: RolloutStepDetail
        /// The earliest that it is taken, in seconds after the beginning.
        public var startsAfterSeconds: Int64
        /// The share of users whose answer changes with it, in percent.
        public var affected: Double
        /// Who gets another answer than at the step before, where that was asked for.
        public var impact: ImpactReport?

        /// Creates the value of its parts.
        public init(step: RolloutStepDetail, startsAfterSeconds: Int64, affected: Double, impact: ImpactReport? = nil) {
            self.step = step
            self.startsAfterSeconds = startsAfterSeconds
            self.affected = affected
            self.impact = impact
        }
    }

    /// The environment.
    public var environment: EnvironmentName
    /// The flag.
    public var flag: FlagKey
    /// The revision that the plan was looked at on.
    public var revision: Int64
    /// The share in force, in percent.
    public var from: Double
    /// When it would begin.
    public var startsAt: Timestamp
    /// The steps in order.
    public var steps: [Step]
    /// The earliest end, in seconds after the beginning, if nobody has to be waited for.
    public var endsAfterSeconds: Int64
    /// The names of the environment's invariants; all hold at every step.
    public var invariants: [String]
    /// The plan as the server understands it, with all that was left out.
    public var plan: JSONValue

    /// Creates the value of its parts.
    public init(
        environment: EnvironmentName, flag: FlagKey, revision: Int64, from: Double, startsAt: Timestamp,
        steps: [Step], endsAfterSeconds: Int64, invariants: [String], plan: JSONValue
    ) {
        self.environment = environment
        self.flag = flag
        self.revision = revision
        self.from = from
        self.startsAt = startsAt
        self.steps = steps
        self.endsAfterSeconds = endsAfterSeconds
        self.invariants = invariants
        self.plan = plan
    }
}
