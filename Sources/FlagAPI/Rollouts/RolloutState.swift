/// Where a rollout stands.
public enum RolloutState: String, Sendable, Hashable, Codable, CaseIterable {
    /// It waits for its time.
    case scheduled
    /// A step is in force; not every live instance has acknowledged it.
    case running
    /// Every live instance has the step; its hold runs.
    case holding
    /// It stands still, with a reason, until someone resumes it.
    case paused
    /// It stands still before a step until someone approves it.
    case awaitingApproval = "awaiting-approval"
    /// The last step is in force, and stays.
    case completed
    /// The flag is back where the rollout found it, or where a kill or a rollback by hand took it.
    case rolledBack = "rolled-back"
    /// Someone ended it; the flag stayed as it was then.
    case aborted

    /// Whether nothing more happens.
    public var isOver: Bool {
        switch self {
        case .completed, .rolledBack, .aborted: true
        case .scheduled, .running, .holding, .paused, .awaitingApproval: false
        }
    }

    /// Whether nothing happens until a person does something.
    public var isStill: Bool {
        switch self {
        case .paused, .awaitingApproval: true
        case .scheduled, .running, .holding, .completed, .rolledBack, .aborted: false
        }
    }
}
