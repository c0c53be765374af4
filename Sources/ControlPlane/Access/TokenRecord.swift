public import FlagModel

/// An access token as it is kept: everything but its secret.
public struct TokenRecord: Sendable, Hashable {
    /// Its number; names are used again, numbers are not.
    public var id: Int64
    /// What it is good for.
    public var grant: TokenGrant
    /// The hash of its secret.
    public var hash: TokenHash
    /// When it was made.
    public var createdAt: Timestamp
    /// Who made it.
    public var createdBy: String
    /// When it was revoked; nil: it was not.
    public var revokedAt: Timestamp?

    /// A token.
    public init(
        id: Int64, grant: TokenGrant, hash: TokenHash, createdAt: Timestamp, createdBy: String,
        revokedAt: Timestamp? = nil
    ) {
        self.id = id
        self.grant = grant
        self.hash = hash
        self.createdAt = createdAt
        self.createdBy = createdBy
        self.revokedAt = revokedAt
    }

    /// Its name.
    public var name: String { self.grant.name }
    /// What its holder may do.
    public var role: Role { self.grant.role }
    /// Where; nil: in every environment.
    public var environments: [EnvironmentName]? { self.grant.environments }
    /// Until when; nil: until it is revoked.
    public var expiresAt: Timestamp? { self.grant.expiresAt }
    /// Its holder, as the author of changes.
    public var author: Author { Author(name: self.name, role: self.role) }

    /// Whether it is good for `environment`.
    public func covers(_ environment: EnvironmentName) -> Bool {
        self.environments?.contains(environment) ?? true
    }

    /// Whether it is neither revoked nor expired at `moment`.
    public func isLive(at moment: Timestamp) -> Bool {
        self.revokedAt == nil && self.expiresAt.map { moment < $0 } ?? true
    }
}
