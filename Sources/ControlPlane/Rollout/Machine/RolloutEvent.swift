public import FlagModel

/// Something that happens to a rollout.
public enum RolloutEvent: Sendable, Hashable {
    /// Time has passed. `minimumHold`: how long credentials live that were issued before the step, in seconds.
    /// `frozenUntil`: until when nothing may begin or advance.
    case tick(minimumHold: Int64, frozenUntil: Timestamp? = nil)
    /// It shall begin.
    case started
    /// The step is in force, with that revision.
    case stepApplied(revision: Int64)
    /// The step cannot be taken.
    case stepRefused(String)
    /// The way back cannot be taken.
    case rollbackRefused(String)
    /// Every instance has a revision.
    case converged(revision: Int64)
    /// An instance has come that does not have it.
    case lagging(revision: Int64)
    /// The guards begin to look at the step that is in force.
    case watchBegan
    /// A guard judged what was counted at a step.
    case verdict(guard: String, GuardReading, step: Int)
    /// A person asks for something, and says why.
    case command(RolloutCommand, because: String = "")
    /// The flag was killed.
    case killed
    /// A rollback by hand changed the flag.
    case rolledBackByHand
    /// Someone else changed the flag.
    case otherChange(String)

    /// Whether a guard failed.
    var isFailure: Bool {
        if case .verdict(_, let reading, _) = self { reading.verdict == .fail } else { false }
    }
}
