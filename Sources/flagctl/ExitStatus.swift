/// How flagctl ends, for scripts to branch on. `flagctl --help` lists them.
enum ExitStatus: Int32, CaseIterable, Sendable {
    /// Done.
    case success = 0
    /// Something failed that none of the others says.
    case error = 1
    /// The command line is wrong: nothing was asked of the server.
    case usage = 2
    /// A file or a request is well-formed but not valid (HTTP 400, 413, 415 and 422), or what it
    /// removes is in use: nothing was written.
    case invalid = 3
    /// Another revision is in force than the one that the change was made on: nothing was written.
    case conflict = 4
    /// The change waits for somebody else's approval.
    case approvalNeeded = 5
    /// The server did not answer in time; whether a change was made is not known.
    case timedOut = 6
    /// The change is in force, but not every instance has acknowledged it.
    case notConverged = 7
    /// The rollout went back, or was ended before it was through.
    case rolledBack = 8
    /// The rollout stands still until a person does something.
    case paused = 9
    /// A freeze holds the change back (HTTP 423): nothing was written.
    case frozen = 10

    /// What the status means, for the help text.
    var meaning: String {
        switch self {
        case .success: "done"
        case .error: "error"
        case .usage: "wrong command line"
        case .invalid: "not valid, nothing was written"
        case .conflict: "conflict: another revision is in force by now, nothing was written"
        case .approvalNeeded: "approval needed"
        case .timedOut: "time-out"
        case .frozen: "the environment is frozen, nothing was written"
        case .notConverged: "in force, but not on every instance"
        case .rolledBack: "the rollout was rolled back or aborted"
        case .paused: "the rollout is paused"
        }
    }
}
