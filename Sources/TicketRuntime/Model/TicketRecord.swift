public import FlagModel

/// All that a store keeps of a ticket.
public struct TicketRecord: Sendable, Hashable {
    /// How often it is good.
    public var kind: TicketKind
    /// The side of the rollout that the user was on.
    public var cohort: TicketCohort
    /// The owner's digest.
    public var owner: SubjectDigest
    /// The owner.
    public var userID: String
    /// The owner's e-mail address.
    public var email: String
    /// The permissions granted.
    public var permissions: [String]
    /// What is carried along.
    var metadata: TicketMetadata
    /// When it was issued.
    public var issuedAt: Timestamp
    /// When it ends.
    public var expiresAt: Timestamp
    /// The revision of the policy that granted it.
    public var revision: Int64
    /// The origin that it is bound to, empty for a client without; nil: not bound.
    public var boundOrigin: String?
    /// The address that it is bound to, empty when unknown; nil: not bound.
    public var boundAddress: String?
    /// Stamped by the store: the primary that issued it.
    public var epoch = ""
    /// Stamped by the store: how many revocations of subjects there had been.
    public var generation: Int64 = 0

    /// How long it is good for, in seconds.
    var ttlSeconds: Int64 { self.expiresAt.milliseconds(since: self.issuedAt) / 1000 }

    /// Whether the ticket may come from `handshake`.
    func isBound(to handshake: TicketHandshake) -> Bool {
        if let origin = self.boundOrigin, origin != handshake.origin ?? "" { return false }
        if let address = self.boundAddress, address != handshake.clientAddress ?? "" { return false }
        return true
    }
}
