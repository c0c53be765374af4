/// A command does not fit where a rollout stands; nothing was changed.
public struct RolloutRefusal: Error, Hashable, CustomStringConvertible {
    /// What was asked for, where the rollout stands, and what to do instead.
    public let description: String
}
