public import FlagModel

/// What an access token shall be good for.
public struct TokenGrant: Sendable, Hashable {
    /// Its name: 1 to 100 characters of `A-Z a-z 0-9 . _ -`, not in use by another live token.
    public var name: String
    /// What its holder may do.
    public var role: Role
    /// Where; nil: in every environment, those to come included.
    public var environments: [EnvironmentName]?
    /// Until when; nil: until it is revoked.
    public var expiresAt: Timestamp?

    /// A grant.
    public init(name: String, role: Role, environments: [EnvironmentName]? = nil, expiresAt: Timestamp? = nil) {
        self.name = name
        self.role = role
        self.environments = environments
        self.expiresAt = expiresAt
    }
}
