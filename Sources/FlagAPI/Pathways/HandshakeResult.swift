public import FlagModel

/// Who opens the WebSocket.
public struct HandshakeResult: Sendable, Hashable, Codable {
    /// The user.
    public var userID: String
    /// The user's address, if the credential tells it.
    public var email: String?
    /// The permissions granted.
    public var permissions: [String]
    /// What a ticket carried along.
    public var metadata: [String: JSONValue]
    /// How the user was authenticated: `ticket`, `subprotocol`, ….
    public var pathway: String
    /// The subprotocol to select; absent: none of those offered may be repeated.
    public var subprotocol: String?
    /// When the credential ends, in seconds since the epoch, if it says so.
    public var expiresAt: Double?
    /// The revision that decided.
    public var revision: Int64

    /// Creates the value of its parts.
    public init(
        userID: String, email: String?, permissions: [String], metadata: [String: JSONValue], pathway: String,
        subprotocol: String?, expiresAt: Double?, revision: Int64
    ) {
        self.userID = userID
        self.email = email
        self.permissions = permissions
        self.metadata = metadata
        self.pathway = pathway
        self.subprotocol = subprotocol
        self.expiresAt = expiresAt
        self.revision = revision
    }

    private enum CodingKeys: String, CodingKey {
        case userID = "user_id"
        case email
        case permissions
        case metadata
        case pathway
        case subprotocol
        case expiresAt = "expires_at"
        case revision
    }
}
