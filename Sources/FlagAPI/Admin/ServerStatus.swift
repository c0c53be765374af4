public import FlagModel

/// `GET /v1/status`: what the server is and how it is doing.
public struct ServerStatus: Sendable, Hashable, Codable {
    /// The server's version.
    public var version: String
    /// The version of the SQLite library in use.
    public var sqliteVersion: String
    /// The environment that the embedded TicketRuntime serves.
    public var runtimeEnvironment: EnvironmentName
    /// `memory` or `redis`.
    public var ticketStore: String
    /// Whether the ticket store answers.
    public var ticketStoreAvailable: Bool
    /// What the ticket policy lacks in the runtime's environment.
    public var ticketPolicyProblems: [String]

    /// Creates the value of its parts.
    public init(
        version: String, sqliteVersion: String, runtimeEnvironment: EnvironmentName, ticketStore: String,
        ticketStoreAvailable: Bool, ticketPolicyProblems: [String]
    ) {
        self.version = version
        self.sqliteVersion = sqliteVersion
        self.runtimeEnvironment = runtimeEnvironment
        self.ticketStore = ticketStore
        self.ticketStoreAvailable = ticketStoreAvailable
        self.ticketPolicyProblems = ticketPolicyProblems
    }
}
