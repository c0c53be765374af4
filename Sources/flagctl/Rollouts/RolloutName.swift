import FlagModel

/// How a person names a rollout.
enum RolloutName: Sendable, Hashable {
    /// By its number.
    case number(Int64)
    /// The newest of a flag.
    case flag(FlagKey)
}
