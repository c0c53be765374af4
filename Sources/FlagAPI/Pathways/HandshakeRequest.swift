/// `POST /websocket/authenticate`: a backend shows the handshake of a client that wants to open a WebSocket.
public struct HandshakeRequest: Sendable, Codable {
    /// The request's target as the client sent it: path and query, or a whole URI.
    public var uri: String
    /// The header fields as the client sent them; a name may stand in any case.
    public var headers: [String: HeaderValues]
    /// The client's IP address.
    public var address: String?

    /// Creates the value of its parts.
    public init(uri: String, headers: [String: HeaderValues] = [:], address: String? = nil) {
        self.uri = uri
        self.headers = headers
        self.address = address
    }

    /// The header fields one by one, in the order of their names.
    public var fields: [(name: String, value: String)] {
        self.headers.sorted { $0.key < $1.key }.flatMap { name, values in values.texts.map { (name, $0) } }
    }
}
