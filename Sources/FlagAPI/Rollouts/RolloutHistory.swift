public import FlagModel

/// `GET /v1/environments/{environment}/rollouts/{rollout}/history`: what happened to a rollout, oldest first.
public struct RolloutHistory: Sendable, Hashable, Codable {
    /// Something that happened.
    public struct Entry: Sendable, Hashable, Codable {
        /// When.
        public var at: Timestamp
        /// Who; `system` for what happened by itself.
        public var actor: String
        /// What: `step`, `approval-needed`, `paused`, `resumed`, `completed`, `rolled-back` or `aborted`.
        public var event: String
        /// The step concerned, from 1.
        public var step: Int64?
        /// The share of that step in percent.
        public var percentage: Double?
        /// The revision in force afterwards.
        public var revision: Int64
        /// Why, with the evidence.
        public var cause: RolloutCause?

        /// Creates the value of its parts.
        public init(
            at: Timestamp, actor: String, event: String, step: Int64? = nil, percentage: Double? = nil,
            revision: Int64, cause: RolloutCause? = nil
        ) {
            self.at = at
            self.actor = actor
            self.event = event
            self.step = step
            self.percentage = percentage
            self.revision = revision
            self.cause = cause
        }
    }

    /// The rollout's number.
    public var rollout: Int64
    /// What happened, oldest first.
    public var entries: [Entry]

    /// Creates the value of its parts.
    public init(rollout: Int64, entries: [Entry]) {
        self.rollout = rollout
        self.entries = entries
    }
}
