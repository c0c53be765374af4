public import FlagModel

/// `GET /v1/environments/{environment}/instances`: who listens, and what each has.
public struct InstanceList: Sendable, Hashable, Codable {
    /// The environment.
    public var environment: EnvironmentName
    /// The revision in force.
    public var revision: Int64
    /// Its digest.
    public var digest: String
    /// The instances, by id.
    public var instances: [InstanceSummary]

    /// Creates the value of its parts.
    public init(environment: EnvironmentName, revision: Int64, digest: String, instances: [InstanceSummary]) {
        self.environment = environment
        self.revision = revision
        self.digest = digest
        self.instances = instances
    }
}
