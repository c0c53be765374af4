public import FlagModel

/// Whose ticket it was.
public struct TicketConsumeResult: Sendable, Hashable, Codable {
    /// The user.
    public var userID: String
    /// The user's address.
    public var email: String
    /// The permissions granted.
    public var permissions: [String]
    /// What was carried along.
    public var metadata: [String: JSONValue]
    /// How the user was authenticated: `ticket`.
    public var pathway: String
    /// When the ticket was issued, in seconds since the epoch.
    public var createdAt: Double
    /// When it ends, in seconds since the epoch.
    public var expiresAt: Double
    /// Whether it is spent now.
    public var singleUse: Bool
    /// The revision under which it was issued.
    public var revision: Int64

    /// Creates the value of its parts.
    public init(
        userID: String, email: String, permissions: [String], metadata: [String: JSONValue], pathway: String,
        createdAt: Double, expiresAt: Double, singleUse: Bool, revision: Int64
    ) {
        self.userID = userID
        self.email = email
        self.permissions = permissions
        self.metadata = metadata
        self.pathway = pathway
        self.createdAt = createdAt
        self.expiresAt = expiresAt
        self.singleUse = singleUse
        self.revision = revision
    }

    private enum CodingKeys: String, CodingKey {
        case userID = "user_id"
        case email
        case permissions
        case metadata
        case pathway
        case createdAt = "created_at"
        case expiresAt = "expires_at"
        case singleUse = "single_use"
        case revision
    }
}
