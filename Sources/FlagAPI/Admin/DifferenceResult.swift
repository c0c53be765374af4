public import FlagModel

/// `GET /v1/environments/{environment}/diff`: what changed between two revisions.
public struct DifferenceResult: Sendable, Hashable, Codable {
    /// The environment.
    public var environment: EnvironmentName
    /// The older revision (or the newer one: the difference is read from here to there).
    public var from: Int64
    /// The other revision.
    public var to: Int64
    /// What changed.
    public var difference: ContentDifference

    /// Creates the value of its parts.
    public init(environment: EnvironmentName, from: Int64, to: Int64, difference: ContentDifference) {
        self.environment = environment
        self.from = from
        self.to = to
        self.difference = difference
    }
}
