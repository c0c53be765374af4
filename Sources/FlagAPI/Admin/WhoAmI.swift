public import FlagModel

/// `GET /v1/whoami`: what the presented token is good for.
public struct WhoAmI: Sendable, Hashable, Codable {
    /// The token's name.
    public var name: String
    /// Its role.
    public var role: String
    /// The environments that it is good for; absent: all.
    public var environments: [EnvironmentName]?
    /// When it ends; absent: never.
    public var expiresAt: Timestamp?

    /// Creates the value of its parts.
    public init(name: String, role: String, environments: [EnvironmentName]? = nil, expiresAt: Timestamp? = nil) {
        self.name = name
        self.role = role
        self.environments = environments
        self.expiresAt = expiresAt
    }
}
