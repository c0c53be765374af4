public import FlagModel

/// `POST /v1/tokens`: asks for an access token.
public struct TokenCreateRequest: Sendable, Hashable, Codable {
    /// Its name: 1 to 100 characters of A-Z a-z 0-9 . _ -, not in use by a live token.
    public var name: String
    /// reader, backend, viewer, operator, release-manager, approver or admin.
    public var role: String
    /// The environments that it is good for; absent: all.
    public var environments: [EnvironmentName]?
    /// How long it is good for; absent: until it is revoked.
    public var expiresInSeconds: Int64?

    /// Creates the value of its parts.
    public init(name: String, role: String, environments: [EnvironmentName]? = nil, expiresInSeconds: Int64? = nil) {
        self.name = name
        self.role = role
        self.environments = environments
        self.expiresInSeconds = expiresInSeconds
    }
}
