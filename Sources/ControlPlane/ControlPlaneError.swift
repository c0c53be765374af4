public import FlagModel

/// Why the control plane refused. Whatever the reason, nothing was changed.
public enum ControlPlaneError: Error, Sendable, Hashable {
    /// There is no environment of that name.
    case unknownEnvironment(EnvironmentName, suggestion: String?)
    /// The environment has no such revision.
    case unknownRevision(EnvironmentName, revision: Int64, newest: Int64)
    /// The environment has no such flag.
    case unknownFlag(FlagKey, EnvironmentName, suggestion: String?)
    /// A step of a changeset cannot be done.
    case invalidChange(InvalidChange)
    /// Something cannot be removed while flags or segments name it.
    case inUse(String, EnvironmentContent.Users)
    /// The flags and segments of the result do not fit together.
    case invalidContent([Issue])
    /// The result would break conditions that the environment keeps.
    case invariantsViolated(EnvironmentName, [InvariantViolation])
    /// The changeset was made on a revision that is no longer in force.
    case conflict(RevisionConflict)
    /// A reason is needed; `length` is what it had without the white space around it.
    case invalidReason(length: Int)
    /// No earlier revision differs from the one in force.
    case nothingToRollBackTo(EnvironmentName, revision: Int64)
    /// The author's role does not allow what the request turned out to be.
    case permissionNeeded(Permission, for: String)
    /// There is no live token of that name.
    case unknownToken(String, suggestion: String?)
    /// A live token has that name.
    case tokenNameTaken(String)
    /// A live or revoked token has that secret.
    case tokenSecretUsed
    /// A token cannot be made as asked.
    case invalidToken([Issue])
    /// A plan cannot be carried out; every fault is listed.
    case invalidRollout([Issue])
    /// The environment has no such rollout.
    case unknownRollout(Int64, EnvironmentName)
    /// What was asked does not fit where a rollout stands.
    case rolloutRefused(Int64, String)
    /// The environment has no such review item.
    case unknownReview(Int64, EnvironmentName)
    /// A review item cannot be closed.
    case reviewRefused(Int64, String)
    /// A freeze holds the change back.
    case frozen(EnvironmentName, Freeze)
    /// There is no webhook of that name.
    case unknownWebhook(String, suggestion: String?)
    /// Another webhook has that name.
    case webhookNameTaken(String)
    /// A webhook cannot be made as asked.
    case invalidWebhook([Issue])
    /// A change cannot be scheduled as asked.
    case invalidSchedule([Issue])
    /// The environment has no such scheduled change.
    case unknownSchedule(Int64, EnvironmentName)
    /// A scheduled change waits no more.
    case scheduleRefused(Int64, ScheduledChange.State)
    /// The storage failed.
    case storage(StorageFailure)
}

extension ControlPlaneError: CustomStringConvertible {
    /// What happened, and what to do about it.
    public var description: String {
        switch self {
        case .unknownEnvironment(let name, let suggestion):
            "there is no environment \(name); " + Self.hint(suggestion, else: "list the environments to see them")
        case .unknownRevision(let environment, let revision, let newest):
            newest == 0
                ? "\(environment) has no revision \(revision): it has none yet"
                : "\(environment) has no revision \(revision): there are 1 to \(newest)"
        case .unknownFlag(let key, let environment, let suggestion):
            "there is no flag \(key) in \(environment); " + Self.hint(suggestion, else: "list the flags to see them")
        case .invalidChange(let change):
            "step \(change.position + 1) cannot be done: \(change)"
        case .inUse(let what, let users):
            "\(what) cannot be removed while it is used by \(users.description); change these first, or in the same changeset"
        case .invalidContent(let issues):
            issues.map(\.description).joined(separator: "; ")
        case .invariantsViolated(let environment, let violations):
            "\(environment) would no longer be safe: "
                + violations.map { violation in
                    let flags = violation.flags.map(\.text).joined(separator: ", ")
                    return "\(violation.invariant): \(violation.message)" + (flags.isEmpty ? "" : " (\(flags))")
                }.joined(separator: "; ")
        case .conflict(let conflict):
            "the changes were made on revision \(conflict.base) of \(conflict.environment), but revision "
                + "\(conflict.current) is in force; look at the difference and make them again on that one"
        case .invalidReason(let length):
            length == 0
                ? "a reason is needed: say why, in 1 to \(Reason.maximumLength) characters"
                : "the reason has \(length) characters; at most \(Reason.maximumLength) are allowed"
        case .nothingToRollBackTo(let environment, let revision):
            "nothing before revision \(revision) of \(environment) differs from it; name the revision to restore"
        case .permissionNeeded(let permission, let action):
            "\(action) needs the permission \(permission.rawValue); ask an admin"
        case .unknownToken(let name, let suggestion):
            "there is no live token \"\(name)\"; " + Self.hint(suggestion, else: "list the tokens to see them")
        case .tokenNameTaken(let name):
            "a live token is already called \"\(name)\"; choose another name, or revoke that one first"
        case .tokenSecretUsed:
            "that secret belongs, or belonged, to another token; generate a new one"
        case .invalidToken(let issues):
            issues.map(\.description).joined(separator: "; ")
        case .invalidRollout(let issues):
            issues.map(\.description).joined(separator: "; ")
        case .unknownRollout(let id, let environment):
            "there is no rollout \(id) in \(environment); list the rollouts to see them"
        case .rolloutRefused(let id, let message):
            "rollout \(id): \(message)"
        case .unknownReview(let id, let environment):
            "there is no review \(id) in \(environment); list the reviews to see them"
        case .reviewRefused(let id, let message):
            "review \(id) cannot be closed: \(message)"
        case .frozen(let environment, let freeze):
            "\(environment) is frozen until \(freeze.until) by \"\(freeze.name)\": wait until then, or have an admin change "
                + "its freezes; kill, rollback, pause, abort and undo work all the same"
        case .unknownWebhook(let name, let suggestion):
            "there is no webhook \"\(name)\"; " + Self.hint(suggestion, else: "list the webhooks to see them")
        case .webhookNameTaken(let name):
            "a webhook is already called \"\(name)\"; choose another name, or delete that one first"
        case .invalidWebhook(let issues):
            issues.map(\.description).joined(separator: "; ")
        case .invalidSchedule(let issues):
            issues.map(\.description).joined(separator: "; ")
        case .unknownSchedule(let id, let environment):
            "there is no schedule \(id) in \(environment); list the schedules to see them"
        case .scheduleRefused(let id, let state):
            "schedule \(id) waits no more: it was \(state.rawValue)"
        case .storage(let failure):
            failure.description
        }
    }

    private static func hint(_ suggestion: String?, else fallback: String) -> String {
        suggestion.map { "did you mean \($0)?" } ?? fallback
    }
}
