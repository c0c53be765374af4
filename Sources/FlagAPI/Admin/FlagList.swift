public import FlagModel

/// `GET /v1/environments/{environment}/flags`: every flag at the revision in force.
public struct FlagList: Sendable, Hashable, Codable {
    /// The environment.
    public var environment: EnvironmentName
    /// The revision in force.
    public var revision: Int64
    /// Its digest.
    public var digest: String
    /// The definitions, by key.
    public var flags: [String: JSONValue]

    /// Creates the value of its parts.
    public init(environment: EnvironmentName, revision: Int64, digest: String, flags: [String: JSONValue]) {
        self.environment = environment
        self.revision = revision
        self.digest = digest
        self.flags = flags
    }
}
