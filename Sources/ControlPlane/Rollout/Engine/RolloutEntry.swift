public import FlagModel

/// One line of a rollout's history: a transition that people are told of.
public struct RolloutEntry: Sendable, Hashable {
    /// The rollout.
    public var rollout: Int64
    /// When.
    public var at: Timestamp
    /// Who; the server itself for what happened by itself.
    public var actor: String
    /// What: ``RolloutNotice/name``.
    public var name: String
    /// The step concerned, from 0.
    public var step: Int?
    /// The revision in force afterwards.
    public var revision: Int64
    /// Why, with the evidence; what a person said who asked for it.
    public var reason: RolloutReason?

    /// A line.
    public init(
        rollout: Int64, at: Timestamp, actor: String, name: String, step: Int?, revision: Int64, reason: RolloutReason?
    ) {
        self.rollout = rollout
        self.at = at
        self.actor = actor
        self.name = name
        self.step = step
        self.revision = revision
        self.reason = reason
    }
}
