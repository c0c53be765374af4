/// An HTTP answer.
struct TransportResponse: Sendable {
    /// The status.
    var status: Int
    /// Header fields; names in lower case, the last of each name.
    var headers: [String: String] = [:]
    /// The body.
    var body: [UInt8]
}
