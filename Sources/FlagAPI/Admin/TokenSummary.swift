public import FlagModel

/// An access token, without its secret.
public struct TokenSummary: Sendable, Hashable, Codable {
    /// Its name, by which the audit knows its holder.
    public var name: String
    /// reader, backend, viewer, operator, release-manager, approver or admin.
    public var role: String
    /// The environments that it is good for; absent: all.
    public var environments: [EnvironmentName]?
    /// When it was made.
    public var createdAt: Timestamp
    /// Who made it.
    public var createdBy: String
    /// When it ends; absent: never.
    public var expiresAt: Timestamp?
    /// When it was revoked; absent: it was not.
    public var revokedAt: Timestamp?

    /// Creates the value of its parts.
    public init(
        name: String, role: String, environments: [EnvironmentName]? = nil, createdAt: Timestamp,
        createdBy: String, expiresAt: Timestamp? = nil, revokedAt: Timestamp? = nil
    ) {
        self.name = name
        self.role = role
        self.environments = environments
        self.createdAt = createdAt
        self.createdBy = createdBy
        self.expiresAt = expiresAt
        self.revokedAt = revokedAt
    }
}
