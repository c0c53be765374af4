/// What stands between a consumed ticket and its second life when the store fails over to a replica that had not heard
/// of the consumption.
///
/// Whatever the choice, a ticket is granted at most once while the store keeps its primary.
public enum TicketFailover: String, Sendable, Hashable, CaseIterable, Codable {
    /// Each process remembers what it consumed. Costs nothing; another process may grant the ticket again.
    case fast
    /// A ticket is good only on the primary that issued it. Clients that hold one across a failover ask for a new one.
    case fenced
    /// A consumption counts once a replica has confirmed it. Costs a round trip between primary and replica, and refuses
    /// when no replica answers.
    case replicated
}
