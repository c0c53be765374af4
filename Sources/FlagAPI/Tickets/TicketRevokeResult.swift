/// `DELETE /websocket/ticket/{ticket}`: the ticket is gone.
public struct TicketRevokeResult: Sendable, Hashable, Codable {
    /// Whether it is gone.
    public var success: Bool
    /// What was done.
    public var message: String

    /// Creates the value of its parts.
    public init(success: Bool, message: String) {
        self.success = success
        self.message = message
    }
}
