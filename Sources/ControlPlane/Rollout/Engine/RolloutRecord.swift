public import FlagModel

/// A rollout as it is stored.
public struct RolloutRecord: Sendable, Hashable {
    /// Its number: 1, 2, 3, … over all environments.
    public var id: Int64
    /// Where it runs.
    public var environment: EnvironmentName
    /// The revision that was in force when it began: what a way back restores of the flag. Nil: no step was taken yet.
    public var baseRevision: Int64?
    /// Who started it.
    public var author: String
    /// Why.
    public var reason: String
    /// When it was started, or scheduled.
    public var createdAt: Timestamp
    /// When its state was last stored.
    public var updatedAt: Timestamp
    /// Its plan and where it stands.
    public var machine: RolloutMachine

    /// A record.
    public init(
        id: Int64, environment: EnvironmentName, baseRevision: Int64? = nil, author: String, reason: String,
        createdAt: Timestamp, updatedAt: Timestamp, machine: RolloutMachine
    ) {
        self.id = id
        self.environment = environment
        self.baseRevision = baseRevision
        self.author = author
        self.reason = reason
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.machine = machine
    }

    /// The flag.
    public var flag: FlagKey { self.machine.plan.flag }
}
