public import FlagModel

/// Something that was done without waiting for anyone, and that someone else has to look at afterwards: it stays open
/// until they have.
public struct Review: Sendable, Hashable {
    /// What was done.
    public enum Cause: String, Sendable, Hashable, CaseIterable {
        /// A flag was killed.
        case kill
        /// An older revision was restored.
        case rollback
        /// A rollout went back, by itself or because someone undid it.
        case rolloutRollback = "rollout-rollback"
    }

    /// How it was closed.
    public struct Closing: Sendable, Hashable {
        /// By whom.
        public var by: String
        /// When.
        public var at: Timestamp
        /// What they found: 1 to 500 characters.
        public var note: String

        /// A closing.
        public init(by: String, at: Timestamp, note: String) {
            self.by = by
            self.at = at
            self.note = note
        }
    }

    /// Its number: 1, 2, 3, … over all environments.
    public var id: Int64
    /// Where it was done.
    public var environment: EnvironmentName
    /// What was done.
    public var cause: Cause
    /// Who did it: the one who cannot close it. ``Author/system``'s own anyone can close.
    public var author: String
    /// Why.
    public var reason: String
    /// When.
    public var at: Timestamp
    /// The revision in force afterwards.
    public var revision: Int64
    /// The rollout that went back.
    public var rollout: Int64?
    /// The flags that it changed.
    public var flags: [FlagKey]
    /// What decided, where a guard did: ``GuardReading/json``.
    public var evidence: JSONValue?
    /// How it was closed; nil: it is open.
    public var closing: Closing?

    /// A review item.
    public init(
        id: Int64, environment: EnvironmentName, cause: Cause, author: String, reason: String, at: Timestamp,
        revision: Int64, rollout: Int64? = nil, flags: [FlagKey] = [], evidence: JSONValue? = nil,
        closing: Closing? = nil
    ) {
        self.id = id
        self.environment = environment
        self.cause = cause
        self.author = author
        self.reason = reason
        self.at = at
        self.revision = revision
        self.rollout = rollout
        self.flags = flags
        self.evidence = evidence
        self.closing = closing
    }
}
