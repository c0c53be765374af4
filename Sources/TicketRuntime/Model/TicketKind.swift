/// How often a ticket is good.
public enum TicketKind: UInt8, Sendable, Hashable, CaseIterable {
    /// Once.
    case singleUse = 0
    /// As often as it is presented before it ends.
    case multiUse = 1
}
