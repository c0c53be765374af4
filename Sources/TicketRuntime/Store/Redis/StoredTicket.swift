/// What stands under a ticket's key; the first byte says which.
enum StoredTicket: Sendable, Hashable {
    /// A ticket.
    case record(TicketRecord)
    /// A ticket that was used.
    case spent(SpentTicket)
    /// A ticket that its owner has revoked.
    case revoked(SubjectDigest)
    /// Something else.
    case unreadable

    /// The first byte of the marker of a revoked ticket; its owner follows.
    static let revokedMark = UInt8(ascii: "R")

    /// Reads a value. Total: every array of bytes is one of the cases.
    init(bytes: [UInt8]) {
        switch bytes.first {
        case TicketRecord.layoutVersion?: self = TicketRecord(bytes: bytes).map(Self.record) ?? .unreadable
        case SpentMarker.mark?: self = SpentMarker(bytes: bytes).map { .spent($0.use) } ?? .unreadable
        case Self.revokedMark?: self = SubjectDigest(bytes: bytes.dropFirst()).map(Self.revoked) ?? .unreadable
        default: self = .unreadable
        }
    }
}
