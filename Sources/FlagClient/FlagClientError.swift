/// Why a client cannot be made, run or waited for. Reading flags never fails.
public enum FlagClientError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The configuration's faults, each with its place and the cure.
    case configuration([String])
    /// The client runs, or has run, already: each is run once.
    case alreadyRun
    /// There was no snapshot within the time allowed.
    case notReady(within: Duration, problem: String?)

    /// What happened, and what to do.
    public var description: String {
        switch self {
        case .configuration(let faults):
            "the flag client's configuration is not usable: " + faults.joined(separator: "; ")
        case .alreadyRun: "a flag client is run once; make another one"
        case .notReady(let limit, let problem):
            "no flags within \(limit): "
                + (problem ?? "nothing was heard of the control plane; is run() running, and the address right?")
        }
    }
}
