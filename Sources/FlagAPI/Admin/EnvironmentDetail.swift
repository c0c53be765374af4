/// `GET /v1/environments/{environment}`: an environment with its settings.
public struct EnvironmentDetail: Sendable, Hashable, Codable {
    /// Name, revision and so on.
    public var summary: EnvironmentSummary
    /// The conditions that every revision keeps.
    public var invariants: [InvariantDetail]

    /// Creates the value of its parts.
    public init(summary: EnvironmentSummary, invariants: [InvariantDetail]) {
        self.summary = summary
        self.invariants = invariants
    }
}
