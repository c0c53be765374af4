public import FlagModel

/// Something in a snapshot that keeps a flag of the policy from deciding, and what applies instead.
public struct TicketPolicyProblem: Sendable, Hashable, CustomStringConvertible {
    /// The flag.
    public let flag: FlagKey
    /// What is wrong and what applies; to be read after the flag's key.
    public let message: String

    /// A problem of a flag.
    public init(flag: FlagKey, message: String) {
        self.flag = flag
        self.message = message
    }

    /// `WEBSOCKET_TICKET_TTL is missing; 30 seconds applies to everyone`.
    public var description: String { "\(self.flag) \(self.message)" }
}
