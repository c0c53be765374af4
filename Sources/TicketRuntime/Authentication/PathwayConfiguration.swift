/// What the pathways other than tickets need besides their flags. A pathway that lacks it is closed, whatever its flag
/// says.
public struct PathwayConfiguration: Sendable {
    /// Verifies JWTs: the authorization header, the subprotocol, the query parameter and the cookie need it.
    public var verifier: (any TokenVerifier)?
    /// The cookie that holds a JWT. Default `auth_token`.
    public var tokenCookie = "auth_token"
    /// Where sessions are looked up.
    public var sessions: (any SessionStore)?
    /// The cookie that holds a session's id. Default `session_id`.
    public var sessionCookie = "session_id"
    /// Lets end-to-end tests in.
    public var bypass: EndToEndBypass?

    /// Tickets only, and the default names of the cookies.
    public init() {}
}
