/// What of the handshake at issue has to be the same when the ticket is consumed.
///
/// An absent header is a value as well: a ticket issued to a client without `Origin`, which no browser is, is refused
/// when it comes with one.
public enum TicketBinding: String, Sendable, Hashable, CaseIterable, Codable {
    /// Nothing.
    case none
    /// The `Origin` header.
    case origin
    /// The client's address. Clients that change networks between issue and connect are refused.
    case address
    /// Both.
    case originAndAddress = "origin-and-address"

    /// Whether the origin has to match.
    public var includesOrigin: Bool { self == .origin || self == .originAndAddress }
    /// Whether the address has to match.
    public var includesAddress: Bool { self == .address || self == .originAndAddress }
}
