public import FlagModel

/// Why a rollout stands still, or went back.
public struct RolloutCause: Sendable, Hashable, Codable {
    /// What kind of cause: `by-hand`, `guard-failed`, `outage`, `undecided`, `changed-by-others`, `step-refused`,
    /// `rollback-refused`, `killed`, `undone`, `rolled-back-by-hand` or `unreadable`.
    public var kind: String
    /// What exactly, for people; may be empty.
    public var detail: String
    /// The numbers of the guard that decided.
    public var evidence: JSONValue?

    /// Creates the value of its parts.
    public init(kind: String, detail: String, evidence: JSONValue? = nil) {
        self.kind = kind
        self.detail = detail
        self.evidence = evidence
    }
}
