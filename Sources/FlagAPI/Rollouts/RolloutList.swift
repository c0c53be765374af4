public import FlagModel

/// `GET /v1/environments/{environment}/rollouts`: the rollouts, newest first.
public struct RolloutList: Sendable, Hashable, Codable {
    /// The environment.
    public var environment: EnvironmentName
    /// The rollouts of this page.
    public var rollouts: [RolloutSummary]
    /// What to pass as `before` for the next page; absent on the last one.
    public var nextBefore: Int64?

    /// Creates the value of its parts.
    public init(environment: EnvironmentName, rollouts: [RolloutSummary], nextBefore: Int64? = nil) {
        self.environment = environment
        self.rollouts = rollouts
        self.nextBefore = nextBefore
    }
}
