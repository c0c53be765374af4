public import FlagModel

/// `GET /v1/environments/{environment}/segments/{segment}`: one segment, and who uses it.
public struct SegmentDetail: Sendable, Hashable, Codable {
    /// The environment.
    public var environment: EnvironmentName
    /// The segment's name.
    public var name: SegmentName
    /// The environment's revision in force.
    public var revision: Int64
    /// The definition: `description` and `rule`.
    public var definition: JSONValue
    /// The flags and segments whose rules name it; while there are any, it cannot be removed.
    public var usedBy: EnvironmentContent.Users

    /// Creates the value of its parts.
    public init(
        environment: EnvironmentName, name: SegmentName, revision: Int64, definition: JSONValue,
        usedBy: EnvironmentContent.Users
    ) {
        self.environment = environment
        self.name = name
        self.revision = revision
        self.definition = definition
        self.usedBy = usedBy
    }
}
