public import FlagModel

/// A ticket that was just issued.
public struct Ticket: Sendable {
    /// The ticket itself. A secret: it goes to its owner and nowhere else.
    public let id: String
    /// When it was issued.
    public let issuedAt: Timestamp
    /// When it ends.
    public let expiresAt: Timestamp
    /// How long it is good for, in seconds, as granted.
    public let ttlSeconds: Int64
    /// Whether it is good once, as granted.
    public let isSingleUse: Bool
    /// The permissions granted.
    public let permissions: [String]
    /// The revision of the policy that granted it.
    public let revision: Int64
    /// The side of the rollout that the user is on.
    public let cohort: TicketCohort
    /// Where less was granted than was asked for.
    public let adjustments: [TicketAdjustment]

    init(_ ticket: PresentedTicket, _ record: TicketRecord, adjustments: [TicketAdjustment]) {
        self.id = ticket.text
        self.issuedAt = record.issuedAt
        self.expiresAt = record.expiresAt
        self.ttlSeconds = record.ttlSeconds
        self.isSingleUse = record.kind == .singleUse
        self.permissions = record.permissions
        self.revision = record.revision
        self.cohort = record.cohort
        self.adjustments = adjustments
    }
}

extension Ticket: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Never the ticket.
    public var description: String { "Ticket(redacted, ends \(self.expiresAt))" }
    /// Never the ticket.
    public var debugDescription: String { self.description }
    /// Nothing.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
