public import FlagModel

/// `POST /v1/environments/{environment}/rollouts`: starts a rollout, or schedules it.
///
/// As a dry run it answers what the plan would do, a ``RolloutPreviewResult``; else the ``RolloutResult``.
public struct RolloutStartRequest: Sendable, Hashable, Codable {
    /// The plan: `flag`, `variant`, `steps`, `guards`, `undecidedAfter`, `revokeTickets`.
    public var plan: JSONValue
    /// Why: 1 to 500 characters.
    public var reason: String
    /// When it begins; absent: now.
    public var at: Timestamp?
    /// Only says what would happen.
    public var dryRun: Bool?
    /// With `dryRun`: also works out who gets another answer at each step; absent: no.
    public var preview: PreviewRequest?

    /// Creates the value of its parts.
    public init(
        plan: JSONValue, reason: String, at: Timestamp? = nil, dryRun: Bool? = nil, preview: PreviewRequest? = nil
    ) {
        self.plan = plan
        self.reason = reason
        self.at = at
        self.dryRun = dryRun
        self.preview = preview
    }
}
