/// `GET /websocket/tickets/status`: whether tickets can be had.
public struct TicketSystemStatus: Sendable, Hashable, Codable {
    /// Whether anyone may get a ticket.
    public var ticketSystemEnabled: Bool
    /// Whether the ticket store answers.
    public var redisAvailable: Bool
    /// The ticket store's state in words.
    public var redisStatus: String
    /// How long tickets are good for, in seconds.
    public var defaultTTLSeconds: Int64
    /// The most that may be asked for, in seconds.
    public var maxTTLSeconds: Int64
    /// What the store's keys start with.
    public var ticketPrefix: String

    /// Creates the value of its parts.
    public init(
        ticketSystemEnabled: Bool, redisAvailable: Bool, redisStatus: String, defaultTTLSeconds: Int64,
        maxTTLSeconds: Int64, ticketPrefix: String
    ) {
        self.ticketSystemEnabled = ticketSystemEnabled
        self.redisAvailable = redisAvailable
        self.redisStatus = redisStatus
        self.defaultTTLSeconds = defaultTTLSeconds
        self.maxTTLSeconds = maxTTLSeconds
        self.ticketPrefix = ticketPrefix
    }

    private enum CodingKeys: String, CodingKey {
        case ticketSystemEnabled = "ticket_system_enabled"
        case redisAvailable = "redis_available"
        case redisStatus = "redis_status"
        case defaultTTLSeconds = "default_ttl_seconds"
        case maxTTLSeconds = "max_ttl_seconds"
        case ticketPrefix = "ticket_prefix"
    }
}
