/// `POST /websocket/ticket/consume`: a backend presents the ticket that a client connected with.
public struct TicketConsumeRequest: Sendable, Codable {
    /// The ticket.
    public var ticket: String
    /// The `Origin` header of the client's handshake; needed when tickets are bound to it.
    public var origin: String?
    /// The client's IP address; needed when tickets are bound to it.
    public var clientAddress: String?

    /// Creates the value of its parts.
    public init(ticket: String, origin: String? = nil, clientAddress: String? = nil) {
        self.ticket = ticket
        self.origin = origin
        self.clientAddress = clientAddress
    }

    private enum CodingKeys: String, CodingKey {
        case ticket
        case origin
        case clientAddress = "client_address"
    }
}
