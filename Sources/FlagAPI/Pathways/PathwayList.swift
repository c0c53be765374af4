public import FlagModel

/// `GET /v1/environments/{environment}/pathways`: the ways to authenticate a WebSocket, in the order in which they are
/// tried, and how much each is used.
public struct PathwayList: Sendable, Hashable, Codable {
    /// The environment.
    public var environment: EnvironmentName
    /// The revision in force.
    public var revision: Int64
    /// The seconds, up to now, that the counts are of; whole hours.
    public var windowSeconds: Int64
    /// The pathways.
    public var pathways: [PathwaySummary]

    /// Creates the value of its parts.
    public init(environment: EnvironmentName, revision: Int64, windowSeconds: Int64, pathways: [PathwaySummary]) {
        self.environment = environment
        self.revision = revision
        self.windowSeconds = windowSeconds
        self.pathways = pathways
    }
}
