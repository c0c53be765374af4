/// `GET /websocket/ticket/{ticket}/validate`: whether a ticket is good, without consuming it.
public struct TicketValidateResult: Sendable, Hashable, Codable {
    /// Whether it could be consumed now.
    public var valid: Bool
    /// Whose it is; for its owner and backends only.
    public var userID: String?
    /// The owner's address; for its owner and backends only.
    public var email: String?
    /// The permissions that it grants; for its owner and backends only.
    public var permissions: [String]?
    /// When it ends, in seconds since the epoch; for its owner and backends only.
    public var expiresAt: Double?
    /// Why it is not good, as a stable slug.
    public var error: String?

    /// Creates the value of its parts.
    public init(
        valid: Bool, userID: String? = nil, email: String? = nil, permissions: [String]? = nil,
        expiresAt: Double? = nil, error: String? = nil
    ) {
        self.valid = valid
        self.userID = userID
        self.email = email
        self.permissions = permissions
        self.expiresAt = expiresAt
        self.error = error
    }

    private enum CodingKeys: String, CodingKey {
        case valid
        case userID = "user_id"
        case email
        case permissions
        case expiresAt = "expires_at"
        case error
    }
}
