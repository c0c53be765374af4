public import FlagModel

/// `GET /v1/environments/{environment}/flags/{flag}`: one flag, and who changed it last.
public struct FlagDetail: Sendable, Hashable, Codable {
    /// The environment.
    public var environment: EnvironmentName
    /// The flag's key.
    public var key: FlagKey
    /// The environment's revision in force.
    public var revision: Int64
    /// The definition.
    public var definition: JSONValue
    /// The revision that made the flag what it is.
    public var lastChange: RevisionSummary?

    /// Creates the value of its parts.
    public init(
        environment: EnvironmentName, key: FlagKey, revision: Int64, definition: JSONValue,
        lastChange: RevisionSummary? = nil
    ) {
        self.environment = environment
        self.key = key
        self.revision = revision
        self.definition = definition
        self.lastChange = lastChange
    }
}
