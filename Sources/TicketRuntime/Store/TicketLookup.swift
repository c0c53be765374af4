/// What a store found under a key.
public enum TicketLookup: Sendable, Hashable {
    /// A ticket that was not used before.
    case record(TicketRecord)
    /// A ticket that was used, and its first use.
    case spent(SpentTicket)
    /// A ticket that its owner has revoked, alone or with all the others.
    case revoked
    /// A ticket that another primary issued.
    case otherEpoch(TicketRecord)
    /// The ticket is spent now, but no replica has confirmed that it is.
    case unconfirmed
    /// Nothing.
    case absent
    /// Something that is not a ticket's record.
    case unreadable
}
