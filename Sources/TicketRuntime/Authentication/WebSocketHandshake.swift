/// A request to open a WebSocket, as the client sent it: what ``TicketRuntime/authenticate(_:)`` judges.
///
/// Give it what came from the client and nothing else. An `Origin` that a proxy has made up, or an address that the client
/// could choose, is believed here.
public struct WebSocketHandshake: Sendable {
    /// The longest URI, in bytes of UTF-8.
    public static let maximumURILength = 16 << 10
    /// All names and values of header fields together, in bytes of UTF-8.
    public static let maximumHeaderLength = 64 << 10
    /// The largest number of header fields.
    public static let maximumHeaderCount = 200

    /// The request's target: path and query, or a whole URI.
    public let uri: String
    /// The client's IP address, as the server that terminates the connection knows it; nil: not known.
    public let clientAddress: String?

    /// Whether uri and headers are within the bounds.
    let isWithinBounds: Bool
    /// The values of each header field in their order, by name in lower case.
    private let headers: [String: [String]]

    /// A handshake.
    ///
    /// - Parameters:
    ///   - uri: The request's target: path and query, or a whole URI.
    ///   - headers: The header fields in their order; a name may come more than once, in any case.
    ///   - clientAddress: The client's IP address.
    public init(uri: String, headers: [(name: String, value: String)], clientAddress: String? = nil) {
        let length = headers.reduce(0) { $0 + $1.name.utf8.count + $1.value.utf8.count }
        self.isWithinBounds =
            uri.utf8.count <= Self.maximumURILength && headers.count <= Self.maximumHeaderCount
            && length <= Self.maximumHeaderLength
        self.uri = uri
        // One by one: joining lists anew for each field would take the square of their number.
        var fields: [String: [String]] = [:]
        for (name, value) in headers { fields[name.lowercased(), default: []].append(value.trimmingOptionalSpace) }
        self.headers = fields
        self.clientAddress = clientAddress
    }

    /// The `Origin` header; nil when there is none, or more than one.
    var origin: String? {
        let values = self.values(of: "origin")
        return values.count == 1 ? values[0] : nil
    }

    /// The values of a header field in their order, without space around them.
    ///
    /// - Parameter name: In lower case.
    func values(of name: String) -> [String] { self.headers[name] ?? [] }
}

extension WebSocketHandshake: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Never what it holds: most of it may be a credential.
    public var description: String { "WebSocketHandshake(redacted)" }
    /// The same as ``description``.
    public var debugDescription: String { self.description }
    /// Nothing.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}

extension StringProtocol {
    /// The text without spaces and tabs at its ends (RFC 9110, 5.6.3).
    var trimmingOptionalSpace: String {
        func isSpace(_ character: Character) -> Bool { character == " " || character == "\t" }
        guard let last = self.lastIndex(where: { !isSpace($0) }) else { return "" }
        return String(self[...last].drop(while: isSpace))
    }
}
