internal import FlagModel
internal import Synchronization

/// Verifies the JWTs of users: nothing in a token is believed before its signature, made by a configured key with that
/// key's own algorithm, has been verified (RFC 8725).
///
/// Verification is synchronous and takes one uncontended lock, held for as long as a reference is copied.
final class JWTVerifier: Sendable {
    private let keys: Mutex<JWTKeySet>
    private let rules: JWTRules
    private let now: @Sendable () -> Timestamp

    /// A verifier that trusts `keys` and asks `now` for the time.
    init(keys: JWTKeySet, rules: JWTRules, now: @escaping @Sendable () -> Timestamp) {
        self.keys = Mutex(keys)
        self.rules = rules
        self.now = now
    }

    /// Trusts `keys` from now on, and no others: a refreshed set replaces the old one whole, so that a token is judged by
    /// one set or the other, never by a mixture.
    func replaceKeys(_ keys: JWTKeySet) {
        self.keys.withLock { $0 = keys }
    }

    /// The user whom `token` was issued for.
    ///
    /// - Throws: ``JWTRefusal`` when the token is not accepted.
    func verify(_ token: Substring) throws(JWTRefusal) -> UserIdentity {
        let envelope = try JWTEnvelope(parsing: token)
        let keys = self.keys.withLock { $0 }
        let key = try keys.key(algorithm: envelope.algorithm, id: envelope.keyID)
        guard key.verifies(envelope.signature, of: envelope.signingInput) else {
            throw JWTRefusal(.signatureInvalid, "its signature was not made by the configured key")
        }
        let claims = try envelope.claims()
        let expiry = try self.rules.check(claims, now: self.now())
        return try UserIdentity(claims: claims, expiresAt: expiry)
    }

    /// The user whom `token` was issued for.
    ///
    /// - Throws: ``JWTRefusal`` when the token is not accepted.
    func verify(_ token: String) throws(JWTRefusal) -> UserIdentity {
        try self.verify(Substring(token))
    }
}
