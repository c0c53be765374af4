/// `GET /v1/environments`: the environments that the token may see.
public struct EnvironmentList: Sendable, Hashable, Codable {
    /// The environments, by name.
    public var environments: [EnvironmentSummary]

    /// Creates the value of its parts.
    public init(environments: [EnvironmentSummary]) {
        self.environments = environments
    }
}
