public import FlagModel

/// The keys of the flags that make up a ``TicketPolicy``. Fixed, because environments and dashboards name them.
public enum TicketFlags {
    /// Boolean, evaluated per user: whether the user gets tickets.
    public static let tickets: FlagKey = "ENABLE_WEBSOCKET_TICKETS"
    /// Integer, seconds, 1 to 3600: how long a ticket is good for, and the most that may be asked for.
    public static let ttl: FlagKey = "WEBSOCKET_TICKET_TTL"
    /// Boolean: whether the subprotocol is open to users whom tickets do not serve, and a legacy pathway is named to them
    /// while the ticket store is away.
    public static let fallback: FlagKey = "WEBSOCKET_TICKET_FALLBACK"
    /// String, a ``TicketBinding``: what a ticket is bound to.
    public static let binding: FlagKey = "WEBSOCKET_TICKET_BINDING"
    /// Boolean: whether tickets that are good more than once may be asked for.
    public static let multiUse: FlagKey = "WEBSOCKET_TICKET_MULTI_USE"
    /// String, a ``TicketFailover``: what a ticket is worth after the store failed over.
    public static let failover: FlagKey = "WEBSOCKET_TICKET_FAILOVER"

    /// The boolean flag that opens `pathway`.
    public static func toggle(of pathway: Pathway) -> FlagKey {
        switch pathway {
        case .ticket: Self.tickets
        case .authorizationHeader: "ENABLE_WEBSOCKET_AUTHORIZATION_HEADER"
        case .subprotocol: "ENABLE_WEBSOCKET_SUBPROTOCOL"
        case .queryParameter: "ENABLE_WEBSOCKET_QUERY_PARAMETER"
        case .cookie: "ENABLE_WEBSOCKET_COOKIE"
        case .session: "ENABLE_WEBSOCKET_SESSION"
        case .e2eBypass: "ENABLE_WEBSOCKET_E2E_BYPASS"
        }
    }

    /// Every key, in the order in which they are explained.
    public static let all: [FlagKey] =
        [Self.tickets, Self.ttl, Self.fallback, Self.binding, Self.multiUse, Self.failover]
        + Pathway.allCases.filter { $0 != .ticket }.map(Self.toggle(of:))
}
