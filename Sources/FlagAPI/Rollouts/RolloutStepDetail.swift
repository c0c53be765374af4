/// A step of a rollout.
public struct RolloutStepDetail: Sendable, Hashable, Codable {
    /// How far the rollout is with a step.
    public enum Progress: String, Sendable, Hashable, Codable, CaseIterable {
        /// It is over, or was passed over.
        case passed
        /// It is in force.
        case inForce = "in-force"
        /// It is yet to come.
        case ahead
    }

    /// Its number, from 1.
    public var number: Int64
    /// The share of users in percent.
    public var percentage: Double
    /// How long it is held, in seconds.
    public var holdSeconds: Int64
    /// Whether someone has to approve it.
    public var approval: Bool
    /// The names of the guards that watch it.
    public var guards: [String]
    /// How far the rollout is with it.
    public var progress: Progress

    /// Creates the value of its parts.
    public init(
        number: Int64, percentage: Double, holdSeconds: Int64, approval: Bool, guards: [String], progress: Progress
    ) {
        self.number = number
        self.percentage = percentage
        self.holdSeconds = holdSeconds
        self.approval = approval
        self.guards = guards
        self.progress = progress
    }
}
