/// What a person can ask of a rollout.
public enum RolloutCommand: Sendable, Hashable {
    /// Stand still.
    case pause
    /// Go on.
    case resume
    /// Take the next step without waiting; `full`: the last one. It does not stand in for an approval, and tickets of the
    /// step before age out first.
    case promote(full: Bool)
    /// Approve the step that waits for it.
    case approve(step: Int)
    /// End it and leave the flag as it is.
    case abort
    /// End it and take the flag back to where the rollout found it; also after it has ended. `revokesTickets`: all tickets
    /// issued until then are refused from then on.
    case undo(revokesTickets: Bool = false)

    /// Its name, as the audit has it.
    public var name: String {
        switch self {
        case .pause: "pause"
        case .resume: "resume"
        case .promote(full: false): "promote"
        case .promote(full: true): "promote-full"
        case .approve: "approve"
        case .abort: "abort"
        case .undo: "undo"
        }
    }

    /// What it takes: stopping is the operator's, going on the release manager's, approving somebody else's.
    public var permission: Permission {
        switch self {
        case .pause, .abort, .undo: .rollback
        case .resume, .promote: .manageRollouts
        case .approve: .approve
        }
    }
}
