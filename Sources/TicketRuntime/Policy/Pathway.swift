/// A way to authenticate a WebSocket. They are tried in the order in which they stand here.
public enum Pathway: String, Sendable, Hashable, CaseIterable, Codable {
    /// A ticket, asked for over HTTP and presented with the handshake.
    case ticket
    /// A JWT in the `Authorization` header. Browsers cannot send one with a WebSocket.
    case authorizationHeader = "authorization-header"
    /// A JWT offered as a subprotocol.
    case subprotocol
    /// A JWT in the query.
    case queryParameter = "query-parameter"
    /// A JWT in a cookie.
    case cookie
    /// A session, looked up by its cookie.
    case session
    /// The bypass of end-to-end tests. Never offered to anyone.
    case e2eBypass = "e2e-bypass"

    /// The pathways that a refusal may name as the one to use instead, the one that suits a browser best first.
    ///
    /// The bypass is not among them.
    public static let fallbackOrder: [Pathway] = [
        .subprotocol, .queryParameter, .cookie, .session, .authorizationHeader,
    ]

    /// Whether browsers send the credential by themselves, from any page: it proves that the browser is the user's, and
    /// not that the page is ours. Such a pathway takes handshakes from allowed origins only.
    public var isAmbient: Bool { self == .cookie || self == .session }
}
