public import FlagModel

/// `POST /websocket/ticket`: asks for a ticket. Every member may be left out.
public struct TicketIssueRequest: Sendable, Hashable, Codable {
    /// How long the ticket should be good for: 30 to 3600 seconds; the policy may grant less.
    public var ttlSeconds: Int64?
    /// Whether it is good once (the default) or, if the policy permits, as often as it is presented.
    public var singleUse: Bool?
    /// The permissions wanted; granted are those that the user has. Absent: all of the user's.
    public var permissions: [String]?
    /// Carried along and handed to whoever consumes the ticket.
    public var metadata: [String: JSONValue]?

    /// Creates the value of its parts.
    public init(
        ttlSeconds: Int64? = nil, singleUse: Bool? = nil, permissions: [String]? = nil,
        metadata: [String: JSONValue]? = nil
    ) {
        self.ttlSeconds = ttlSeconds
        self.singleUse = singleUse
        self.permissions = permissions
        self.metadata = metadata
    }

    private enum CodingKeys: String, CodingKey {
        case ttlSeconds = "ttl_seconds"
        case singleUse = "single_use"
        case permissions
        case metadata
    }
}
