/// Who looks at a ticket without consuming it.
public enum TicketViewer: Sendable, Hashable {
    /// A service that may consume tickets.
    case backend
    /// A user.
    case user(id: String)
}
