/// What became of a rollout in one transaction.
public struct RolloutOutcome: Sendable {
    /// The rollout as it is now.
    public let record: RolloutRecord
    /// What is in force in its environment now.
    public let head: EnvironmentHead
    /// The revision in force before.
    public let previousRevision: Int64
    /// What people are to be told, in order.
    public let notices: [RolloutNotice]
    /// The review item that its way back opened.
    public internal(set) var review: Int64?
}
