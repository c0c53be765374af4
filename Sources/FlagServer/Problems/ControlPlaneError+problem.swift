internal import ControlPlane
internal import FlagAPI
internal import FlagModel

extension ControlPlaneError: ProblemConvertible {
    var refusal: Refusal {
        let detail = self.description
        switch self {
        case .unknownEnvironment(_, let suggestion):
            return Refusal(.unknownEnvironment, detail, suggestion: suggestion)
        case .unknownRevision:
            return Refusal(.unknownRevision, detail)
        case .unknownFlag(_, _, let suggestion):
            return Refusal(.unknownFlag, detail, suggestion: suggestion)
        case .invalidChange(let change):
            var refusal = Refusal(ProblemKind(change.kind), detail)
            refusal.problem.issues = change.issues
            return refusal
        case .inUse(_, let users):
            var refusal = Refusal(.inUse, detail)
            refusal.problem.users = users
            return refusal
        case .invalidContent(let issues):
            return Refusal(invalid: issues)
        case .invariantsViolated(_, let violations):
            var refusal = Refusal(.invariantViolated, detail)
            refusal.problem.violations = violations
            return refusal
        case .conflict(let conflict):
            var refusal = Refusal(.conflict, detail)
            refusal.problem.currentRevision = conflict.current
            refusal.problem.difference = conflict.difference
            return refusal
        case .invalidReason(let length):
            guard length > 0 else { return Refusal(.reasonMissing, detail) }
            return Refusal(invalid: [Issue(path: "reason", message: detail)])
        case .nothingToRollBackTo(_, let revision):
            var refusal = Refusal(.nothingToRollBackTo, detail)
            refusal.problem.currentRevision = revision
            return refusal
        case .permissionNeeded:
            return Refusal(.roleForbidden, detail)
        case .unknownToken(_, let suggestion):
            return Refusal(.unknownToken, detail, suggestion: suggestion)
        case .tokenNameTaken:
            return Refusal(.tokenNameTaken, detail)
        case .tokenSecretUsed:
            return Refusal(.conflict, detail)
        case .invalidToken(let issues):
            return Refusal(invalid: issues)
        case .invalidRollout(let issues):
            return Refusal(invalid: issues)
        case .unknownRollout:
            return Refusal(.unknownRollout, detail)
        case .rolloutRefused:
            return Refusal(.rolloutRefused, detail)
        case .frozen:
            return Refusal(.environmentFrozen, detail)
        case .unknownWebhook(_, let suggestion):
            return Refusal(.unknownWebhook, detail, suggestion: suggestion)
        case .webhookNameTaken:
            return Refusal(.webhookNameTaken, detail)
        case .invalidWebhook(let issues):
            return Refusal(invalid: issues)
        case .invalidSchedule(let issues):
            return Refusal(invalid: issues)
        case .unknownSchedule:
            return Refusal(.unknownSchedule, detail)
        case .scheduleRefused:
            return Refusal(.scheduleRefused, detail)
        case .unknownReview:
            return Refusal(.unknownReview, detail)
        case .reviewRefused:
            return Refusal(.reviewRefused, detail)
        case .storage(let failure):
            return failure.refusal
        }
    }
}

extension ProblemKind {
    fileprivate init(_ kind: InvalidChange.Kind) {
        switch kind {
        case .unknownFlag: self = .unknownFlag
        case .unknownSegment: self = .unknownSegment
        case .invalid: self = .requestInvalid
        }
    }
}

extension StorageFailure: ProblemConvertible {
    var refusal: Refusal {
        // The place is a path on the server: its operator finds it in the log, nobody else needs to know.
        var refusal = Refusal(.storageUnavailable, "\(self.message). Nothing was changed")
        refusal.fault = self.description
        if self.isRetryable { refusal.retry(afterSeconds: 1) }
        return refusal
    }
}

extension Refusal {
    fileprivate init(_ kind: ProblemKind, _ detail: String, suggestion: String?) {
        self.init(kind, detail)
        self.problem.suggestion = suggestion
    }
}
