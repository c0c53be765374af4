extension WebSocketHandshake {
    /// The longest subprotocol that is selected, in characters. The names of real ones are shorter, and tickets and JWTs
    /// longer, in whatever form somebody offers them.
    static let maximumSelectedLength = 32

    /// The subprotocol that the server selects, whether it accepts the WebSocket for good or only to close it with a
    /// code: the first one offered that holds no credential.
    ///
    /// A client that offered some and gets none may close the connection (Chromium does), so one that puts its JWT there
    /// has to offer a name as well: `chat.v1, jwt.<JWT>`. Nil when nothing is offered that may be repeated.
    public var subprotocol: String? {
        self.offeredSubprotocols.first { offer in
            let name = offer.lowercased()
            return (1...Self.maximumSelectedLength).contains(offer.utf8.count)
                && offer.utf8.allSatisfy(Self.isTokenCharacter)
                && !HandshakeCredentials.subprotocolPrefixes.contains { name.hasPrefix($0.prefix) }
        }
    }

    /// What the client offers, in its order.
    var offeredSubprotocols: [String] {
        self.values(of: "sec-websocket-protocol").flatMap { $0.split(separator: ",") }.map(\.trimmingOptionalSpace)
    }

    /// A character of a token (RFC 9110, 5.6.2).
    private static func isTokenCharacter(_ character: UInt8) -> Bool {
        switch character {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "!#$%&'*+-.^_`|~".utf8.contains(character)
        }
    }
}
