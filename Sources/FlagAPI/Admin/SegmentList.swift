public import FlagModel

/// `GET /v1/environments/{environment}/segments`: the rules that flags share.
public struct SegmentList: Sendable, Hashable, Codable {
    /// The environment.
    public var environment: EnvironmentName
    /// The revision in force.
    public var revision: Int64
    /// The segments, by name.
    public var segments: [SegmentDetail]

    /// Creates the value of its parts.
    public init(environment: EnvironmentName, revision: Int64, segments: [SegmentDetail]) {
        self.environment = environment
        self.revision = revision
        self.segments = segments
    }
}
