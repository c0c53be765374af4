public import FlagModel

/// What a ``TicketRuntime`` is told at start and cannot be changed by a flag.
public struct TicketConfiguration: Sendable {
    /// The environment whose snapshots are applied.
    public var environment: EnvironmentName
    /// The name of this instance, shown to backends that present a ticket which it consumed.
    public var instance: String
    /// The web pages that may open a WebSocket. Without a default: who connects browsers has to say from where.
    public var allowedOrigins: OriginAllowList
    /// What the pathways other than tickets need. Default: nothing, so that only tickets are accepted.
    public var pathways = PathwayConfiguration()
    /// How patient the runtime is with a store that fails.
    public var breaker = CircuitBreaker.Settings()
    /// The time between two log lines of one cause. Default 60 seconds.
    public var incidentInterval: Duration = .seconds(60)

    /// A configuration with every other default.
    public init(environment: EnvironmentName, instance: String, allowedOrigins: OriginAllowList) {
        self.environment = environment
        self.instance = instance
        self.allowedOrigins = allowedOrigins
    }
}
