public import FlagModel

/// What is remembered of a live instance over a restart of the server.
public struct StoredInstance: Sendable, Hashable {
    /// The environment.
    public var environment: EnvironmentName
    /// What it said of itself when it was stored.
    public var report: FleetReport
    /// The access token that introduced it.
    public var owner: String
    /// When it was first heard of.
    public var firstSeen: Timestamp
    /// When it was last heard of; up to a minute before it really was.
    public var lastSeen: Timestamp

    /// What is remembered.
    public init(
        environment: EnvironmentName, report: FleetReport, owner: String, firstSeen: Timestamp, lastSeen: Timestamp
    ) {
        self.environment = environment
        self.report = report
        self.owner = owner
        self.firstSeen = firstSeen
        self.lastSeen = lastSeen
    }
}
