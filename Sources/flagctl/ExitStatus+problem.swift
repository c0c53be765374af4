import FlagAPI

extension ExitStatus {
    /// The status that a server's problem ends the program with.
    init(_ problem: Problem) {
        switch (problem.type, problem.status) {
        case ("conflict", _): self = .conflict
        case ("approval-needed", _): self = .approvalNeeded
        case ("environment-frozen", _): self = .frozen
        case ("in-use", _): self = .invalid
        case (_, 400), (_, 413), (_, 415), (_, 422): self = .invalid
        case (_, 408), (_, 504): self = .timedOut
        default: self = .error
        }
    }
}
