public import FlagModel

/// `GET /v1/environments/{environment}/convergence?revision=N`: whether every live instance has a revision in force.
///
/// With `Accept: text/event-stream` the answer is a stream of these, as events named `convergence`, that ends with the
/// first one that is ``converged`` or ``superseded``.
public struct ConvergenceReport: Sendable, Hashable, Codable {
    /// The environment.
    public var environment: EnvironmentName
    /// The revision asked for.
    public var revision: Int64
    /// The revision in force.
    public var currentRevision: Int64
    /// Whether every live instance acknowledged that revision (or a newer one), with its digest.
    public var converged: Bool
    /// Whether a newer revision is in force by now, so that nobody will be given the one asked for any more.
    public var superseded: Bool
    /// How many instances are live: all but those that are gone.
    public var instances: Int64
    /// How many of them acknowledged.
    public var acknowledged: Int64
    /// From the commit to the last of these acknowledgements, in milliseconds; absent when nobody had to be told.
    public var lastAfterMilliseconds: Double?
    /// The live instances that did not acknowledge; at most 100 of them.
    public var laggards: [InstanceSummary]

    /// Creates the value of its parts.
    public init(
        environment: EnvironmentName, revision: Int64, currentRevision: Int64, converged: Bool, superseded: Bool,
        instances: Int64, acknowledged: Int64, lastAfterMilliseconds: Double? = nil, laggards: [InstanceSummary]
    ) {
        self.environment = environment
        self.revision = revision
        self.currentRevision = currentRevision
        self.converged = converged
        self.superseded = superseded
        self.instances = instances
        self.acknowledged = acknowledged
        self.lastAfterMilliseconds = lastAfterMilliseconds
        self.laggards = laggards
    }
}
