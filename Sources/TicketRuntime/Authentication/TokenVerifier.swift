/// Finds out whom a JWT was issued for. Brought by whoever embeds the runtime, which knows no keys.
public protocol TokenVerifier: Sendable {
    /// The user whom a token was issued for.
    ///
    /// - Throws: ``TokenRefusal`` unless the token is good: signed by a trusted key, meant for this service, not expired.
    func user(ofToken token: String) async throws(TokenRefusal) -> ProvenUser
}
