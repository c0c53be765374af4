/// What is known of a request: what a ticket is bound to when it is issued, and compared with when it is consumed.
public struct TicketHandshake: Sendable, Hashable {
    /// The longest origin or address that is kept, in bytes; what is longer was not sent by a browser.
    static let maximumLength = 512

    /// The `Origin` header; nil when there was none.
    public let origin: String?
    /// The client's IP address, as the server that terminates the connection knows it, in the one form that
    /// ``NetworkAddress`` gives it; a text that is no address stays as it is.
    public let clientAddress: String?

    /// A handshake.
    public init(origin: String? = nil, clientAddress: String? = nil) {
        self.origin = origin.map(Self.cut)
        self.clientAddress = clientAddress.map { NetworkAddress.canonical($0) ?? Self.cut($0) }
    }

    /// A text of a sane length, so that nobody fills the store with headers.
    private static func cut(_ text: String) -> String {
        text.utf8.count <= Self.maximumLength
            ? text : String(decoding: text.utf8.prefix(Self.maximumLength), as: UTF8.self)
    }
}
