internal import TicketRuntime

extension JWTVerifier: TokenVerifier {
    /// The user whom a JWT was issued for, wherever in a handshake it stood.
    func user(ofToken token: String) async throws(TokenRefusal) -> ProvenUser {
        let user: UserIdentity
        do throws(JWTRefusal) {
            user = try self.verify(token)
        } catch {
            throw .invalid(error.description)
        }
        return try ProvenUser(
            id: user.subject, email: user.email, permissions: user.permissions, attributes: user.attributes,
            expiresAt: user.expiresAt)
    }
}
