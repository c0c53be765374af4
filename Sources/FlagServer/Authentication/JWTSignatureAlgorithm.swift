/// The signature algorithms that a key can be configured for (RFC 7518, section 3.1).
enum JWTSignatureAlgorithm: String, Sendable, Hashable, CaseIterable {
    /// HMAC with SHA-256: issuer and verifier share a secret.
    case hs256 = "HS256"
    /// ECDSA on P-256 with SHA-256: the issuer keeps the private key.
    case es256 = "ES256"
}
