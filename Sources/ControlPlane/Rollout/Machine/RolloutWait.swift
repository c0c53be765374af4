public import FlagModel

/// What a rollout waits for before it goes on.
public enum RolloutWait: Sendable, Hashable {
    /// Its time; nil: someone to tell it to begin.
    case start(Timestamp?)
    /// Every instance to have the step.
    case convergence
    /// The end of the hold, and how much of it is over.
    case hold(milliseconds: Int64, of: Int64)
    /// Tickets of the step in force to age out, before a step that someone wants at once; and how far they are.
    case ageing(milliseconds: Int64, of: Int64)
    /// A guard to say that nothing is wrong, and what it says.
    case verdict(guard: String, GuardVerdict)
    /// The end of a freeze.
    case freeze(until: Timestamp)
    /// Someone to approve a step, from 0.
    case approval(step: Int)
    /// Someone to resume it.
    case person
}
