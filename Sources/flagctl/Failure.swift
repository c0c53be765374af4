import FlagAPI
import FlagModel

/// Why a command did not do what it was asked to: the one error type of flagctl.
///
/// It carries a ``Problem`` even where no server was involved, so that `-o json` prints failures of every origin in one
/// form.
struct Failure: Error, Hashable {
    /// How the program ends.
    var status: ExitStatus
    /// What happened.
    var problem: Problem
    /// What to do next.
    var hint: String?
    /// What else a person should know, a line each.
    var notes: [String] = []

    /// What happened, in one line.
    var line: String {
        let issues = (self.problem.issues ?? []).map(\.description).joined(separator: "; ")
        return issues.isEmpty ? self.problem.detail : "\(self.problem.detail): \(issues)"
    }

    /// A problem that the server reported.
    init(_ problem: Problem, hint: String? = nil) {
        self.status = ExitStatus(problem)
        self.problem = problem
        self.hint = hint
    }

    /// A failure of flagctl's own; `type` is a stable slug as in the server's problems.
    init(_ status: ExitStatus, _ type: String, _ detail: String, hint: String? = nil) {
        self.status = status
        self.problem = Problem(type: type, title: status.meaning, status: 0, detail: detail)
        self.hint = hint
    }

    /// Standard output that took no more.
    init(unwritten refusal: FileAccess.Refusal) {
        self.init(.error, "output-not-written", "cannot write standard output: \(refusal.reason)")
    }

    /// A document that is not valid, with the name of where it came from.
    init(_ document: InvalidDocument, in source: String, hint: String? = nil) {
        self.init(.invalid, "document-invalid", "\(source) is not valid", hint: hint)
        self.problem.issues = document.issues
    }
}
