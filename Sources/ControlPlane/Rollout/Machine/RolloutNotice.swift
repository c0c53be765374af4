/// What people are told of a rollout, and what its history consists of.
public enum RolloutNotice: Sendable, Hashable {
    /// A step is taken.
    case step(Int)
    /// A step needs an approval.
    case approvalNeeded(step: Int)
    /// It stands still.
    case paused(RolloutReason)
    /// It goes on.
    case resumed
    /// It reached its end.
    case completed
    /// The flag went back.
    case rolledBack(RolloutReason)
    /// It was ended.
    case aborted

    /// Its name, as stored and shown.
    public var name: String {
        switch self {
        case .step: "step"
        case .approvalNeeded: "approval-needed"
        case .paused: "paused"
        case .resumed: "resumed"
        case .completed: "completed"
        case .rolledBack: "rolled-back"
        case .aborted: "aborted"
        }
    }

    /// The step concerned, if it is one.
    public var step: Int? {
        switch self {
        case .step(let step), .approvalNeeded(let step): step
        case .paused, .resumed, .completed, .rolledBack, .aborted: nil
        }
    }

    /// Why, where there is a reason.
    public var reason: RolloutReason? {
        switch self {
        case .paused(let reason), .rolledBack(let reason): reason
        case .step, .approvalNeeded, .resumed, .completed, .aborted: nil
        }
    }
}
