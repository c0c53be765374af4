/// A new ticket.
public struct TicketIssueResult: Sendable, Codable {
    /// The ticket: 43 characters of base64url. A secret.
    public var ticketID: String
    /// When it ends, in seconds since the epoch.
    public var expiresAt: Double
    /// When it was issued, in seconds since the epoch.
    public var createdAt: Double
    /// How long it is good for, in seconds, as granted.
    public var ttlSeconds: Int64
    /// Whether it is good once, as granted.
    public var singleUse: Bool
    /// The permissions granted.
    public var permissions: [String]
    /// The URL to connect to, without the ticket: append `?ticket=`, or offer it as a subprotocol.
    public var websocketURL: String

    /// Creates the value of its parts.
    public init(
        ticketID: String, expiresAt: Double, createdAt: Double, ttlSeconds: Int64, singleUse: Bool,
        permissions: [String], websocketURL: String
    ) {
        self.ticketID = ticketID
        self.expiresAt = expiresAt
        self.createdAt = createdAt
        self.ttlSeconds = ttlSeconds
        self.singleUse = singleUse
        self.permissions = permissions
        self.websocketURL = websocketURL
    }

    private enum CodingKeys: String, CodingKey {
        case ticketID = "ticket_id"
        case expiresAt = "expires_at"
        case createdAt = "created_at"
        case ttlSeconds = "ttl_seconds"
        case singleUse = "single_use"
        case permissions
        case websocketURL = "websocket_url"
    }
}
