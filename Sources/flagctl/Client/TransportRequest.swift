/// An HTTP request.
struct TransportRequest: Sendable {
    /// `GET`, `POST` or `DELETE`.
    var method: String
    /// The whole URL.
    var url: String
    /// Header fields.
    var headers: [(name: String, value: String)]
    /// The body, if there is one.
    var body: [UInt8]?
    /// How long the whole exchange may take.
    var timeout: Duration
}
