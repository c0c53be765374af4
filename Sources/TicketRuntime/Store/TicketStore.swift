/// Where tickets are kept between issue and consumption.
///
/// What a store decides, it decides in one step, whoever else asks at the same moment: who was first, who owns, who is
/// revoked. What a ticket is worth beyond that, ``TicketRuntime`` decides.
public protocol TicketStore: AnyObject, Sendable {
    /// What the keys start with, for status pages.
    var keyPrefix: String { get }

    /// Keeps a record until it ends.
    ///
    /// - Throws: ``TicketStoreError``; the ticket must then not be handed out.
    func issue(_ record: TicketRecord, under key: TicketKey) async throws(TicketStoreError)

    /// Hands out a single-use ticket's record to exactly one caller, and marks it as spent by `use`.
    ///
    /// - Throws: ``TicketStoreError``; nothing may then be granted, and the consumption must not be repeated.
    func consume(
        _ key: TicketKey, by use: SpentTicket, failover: TicketFailover
    ) async throws(TicketStoreError) -> TicketLookup

    /// Notes that a ticket that was consumed was refused as revoked after all, so that later callers are told the same
    /// and not of a replay. Does nothing to a ticket that is not spent; as good as can be, since it changes the reason only.
    func retract(_ key: TicketKey, owner: SubjectDigest) async

    /// Reads a ticket and leaves it as it is.
    ///
    /// - Throws: ``TicketStoreError``.
    func read(_ key: TicketKey, failover: TicketFailover) async throws(TicketStoreError) -> TicketLookup

    /// Revokes a ticket if it is `owner`'s, in one step; what is somebody else's is not touched.
    ///
    /// - Throws: ``TicketStoreError``; it may then be in force or not, and should be repeated.
    func revoke(
        _ key: TicketKey, owner: SubjectDigest, failover: TicketFailover
    ) async throws(TicketStoreError) -> TicketRevocation

    /// Revokes all of a user's tickets issued so far. Returns once every instance refuses them.
    ///
    /// - Throws: ``TicketStoreError``; it may then be in force or not, and should be repeated.
    func revokeAll(of owner: SubjectDigest, failover: TicketFailover) async throws(TicketStoreError)

    /// What the store says of itself.
    ///
    /// - Throws: ``TicketStoreError`` when it does not answer.
    func probe() async throws(TicketStoreError) -> String
}
