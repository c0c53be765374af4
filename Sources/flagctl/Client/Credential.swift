/// What a request presents itself with.
enum Credential: Sendable {
    /// Nothing.
    case none
    /// The connection's access token; nothing when there is none.
    case accessToken
    /// An end user's JWT.
    case userJWT(Secret)
}
