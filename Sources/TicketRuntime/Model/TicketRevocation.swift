/// What became of the wish to revoke a ticket.
public enum TicketRevocation: Sendable, Hashable {
    /// It is revoked now.
    case revoked
    /// Its owner had revoked it before.
    case alreadyRevoked
    /// There is nothing to revoke: it never existed, has ended, or has been used.
    case notFound
    /// It is somebody else's. Nothing was touched. Answer a client as for ``notFound``, unless a contract says otherwise.
    case notOwner
}
