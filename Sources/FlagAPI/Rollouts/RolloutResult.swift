/// What became of a rollout that was started, or asked for something.
public struct RolloutResult: Sendable, Hashable, Codable {
    /// The rollout.
    public var rollout: RolloutDetail
    /// The revision in force in the environment afterwards.
    public var revision: Int64
    /// The revision in force before.
    public var previousRevision: Int64

    /// Creates the value of its parts.
    public init(rollout: RolloutDetail, revision: Int64, previousRevision: Int64) {
        self.rollout = rollout
        self.revision = revision
        self.previousRevision = previousRevision
    }
}
