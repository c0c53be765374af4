internal import ControlPlane
internal import Digest

/// The secret of a new access token: shown once, kept only as a hash.
struct AccessSecret: Sendable {
    /// What every secret begins with, so that scanners for leaked credentials can find them.
    static let prefix = "signalbox_"

    /// The secret: the prefix and 32 random bytes in base64url.
    let text: String
    /// What is kept of it.
    let hash: TokenHash

    /// Draws a new secret.
    ///
    /// - Throws: ``CredentialFailure`` when no random bytes can be had.
    init() throws(CredentialFailure) {
        do {
            self.text = Self.prefix + Base64URL.encode(try SecureRandom.bytes(32))
        } catch {
            throw CredentialFailure(description: error.description)
        }
        guard let hash = Self.hash(of: self.text) else {
            throw CredentialFailure(description: "SHA-256 did not give 32 bytes; check the system's libcrypto")
        }
        self.hash = hash
    }

    /// The hash by which a presented secret is looked up.
    static func hash(of presented: some StringProtocol) -> TokenHash? {
        TokenHash(SHA256.hash(presented.utf8))
    }
}

/// No credential could be made.
struct CredentialFailure: Error, Hashable, CustomStringConvertible {
    /// What happened and what to do.
    let description: String
}
