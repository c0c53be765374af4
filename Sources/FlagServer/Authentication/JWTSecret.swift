/// The secret that an issuer and this server share for HS256.
struct JWTSecret: Sendable, CustomStringConvertible, CustomDebugStringConvertible {
    /// The least length in bytes: that of the hash (RFC 7518, section 3.2).
    static let minimumLength = 32

    /// The secret as the HMAC's key: the UTF-8 encoding of its text.
    let bytes: [UInt8]

    /// The secret that `text` spells, as it stands: nothing is decoded.
    ///
    /// - Throws: ``JWTConfigurationError`` when it is shorter than ``minimumLength`` or is a PEM document. Whoever
    ///   configures a public key as the secret lets everyone who has that key sign tokens.
    init(_ text: String) throws(JWTConfigurationError) {
        guard !text.contains("-----BEGIN") else {
            throw JWTConfigurationError(
                "the JWT secret for HS256 is a PEM document. A key for ES256 is configured as a file of its own")
        }
        self.bytes = Array(text.utf8)
        guard self.bytes.count >= Self.minimumLength else {
            throw JWTConfigurationError(
                "the JWT secret for HS256 has \(self.bytes.count) bytes; RFC 7518 asks for \(Self.minimumLength) or more. "
                    + "`openssl rand -base64 48` makes a good one")
        }
    }

    /// Says that there is a secret, not which.
    var description: String { "JWTSecret(redacted)" }
    /// The same as ``description``.
    var debugDescription: String { self.description }
}

extension JWTSecret: CustomReflectable {
    /// No members, so that a dump of whatever holds the secret does not show it.
    var customMirror: Mirror { Mirror(self, children: []) }
}
