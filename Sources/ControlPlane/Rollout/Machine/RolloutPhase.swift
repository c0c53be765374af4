/// Where a rollout stands.
public enum RolloutPhase: Sendable, Hashable {
    /// It waits for its time.
    case scheduled
    /// A step was taken, or is about to be; not every instance has it yet.
    case running(step: Int)
    /// Every instance has the step; its hold time runs.
    case holding(step: Int)
    /// It stands still until someone resumes it.
    case paused(RolloutReason)
    /// It stands still before a step until someone approves it.
    case awaitingApproval(step: Int)
    /// The last step was taken and held.
    case completed
    /// The flag is back where the rollout found it, or at what a kill or a rollback by hand made of it.
    case rolledBack(RolloutReason)
    /// Someone ended it; the flag stays as it was then.
    case aborted

    /// Whether nothing more happens.
    public var isOver: Bool {
        switch self {
        case .completed, .rolledBack, .aborted: true
        case .scheduled, .running, .holding, .paused, .awaitingApproval: false
        }
    }

    /// Its name, as stored and shown.
    public var name: String {
        switch self {
        case .scheduled: "scheduled"
        case .running: "running"
        case .holding: "holding"
        case .paused: "paused"
        case .awaitingApproval: "awaiting-approval"
        case .completed: "completed"
        case .rolledBack: "rolled-back"
        case .aborted: "aborted"
        }
    }

    /// Why it stands still or went back.
    public var reason: RolloutReason? {
        switch self {
        case .paused(let reason), .rolledBack(let reason): reason
        case .scheduled, .running, .holding, .awaitingApproval, .completed, .aborted: nil
        }
    }
}
