/// What a person can ask of a rollout.
public enum RolloutCommand: Sendable, Hashable {
    /// Stand still.
    case pause
    /// Go on.
    case resume
    /// Take the next step without waiting; `full`: the last one. It does not stand in for an approval.
    case promote(full: Bool)
    /// Approve the step that waits for it.
    case approve(step: Int)
    /// End it and leave the flag as it is.
    case abort
    /// End it and take the flag back to where the rollout found it; also after it has ended.
    case undo

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
}
