internal import Digest
internal import JWTKit

/// A key that verifies signatures of exactly one algorithm.
///
/// HS256 is computed by Digest and not by jwt-kit: it lies on the path of every ticket, jwt-kit's key collection is an
/// actor that would be entered twice a request, it parses the token a second time and decodes the claims by Codable, and
/// what is saved is one call of HMAC and one comparison. Elliptic curves stay with jwt-kit: its algorithm object is taken
/// out of the collection once, when the key is made, and verifies without the actor.
struct JWTVerificationKey: Sendable {
    private enum Material: Sendable {
        case secret(JWTSecret)
        case publicKey(any JWTAlgorithm)
    }

    /// The `kid` under which tokens name it; nil: it verifies only tokens that name no key.
    let id: String?

    private let material: Material

    /// A key for HS256.
    static func hs256(_ secret: JWTSecret, id: String? = nil) -> Self {
        Self(id: id, material: .secret(secret))
    }

    /// A key for ES256, from the PEM text of a public key on P-256 (`-----BEGIN PUBLIC KEY-----`).
    ///
    /// - Throws: ``JWTConfigurationError`` when it is anything else.
    static func es256(pem: String, id: String? = nil) async throws(JWTConfigurationError) -> Self {
        guard !pem.contains("PRIVATE KEY") else {
            throw JWTConfigurationError(
                "the JWT key for ES256 is a private key, which belongs to the issuer alone. "
                    + "`openssl pkey -in KEY -pubout` writes the public one")
        }
        do {
            let collection = JWTKeyCollection()
            await collection.add(ecdsa: try ES256PublicKey(pem: pem))
            return Self(id: id, material: .publicKey(try await collection.getKey()))
        } catch {
            throw JWTConfigurationError(
                "the JWT key for ES256 is not the PEM text of a public key on the curve P-256 (prime256v1)")
        }
    }

    /// The one algorithm whose signatures it verifies.
    var algorithm: JWTSignatureAlgorithm {
        switch self.material {
        case .secret: .hs256
        case .publicKey: .es256
        }
    }

    /// Whether `signature` is this key's over `message`.
    func verifies(_ signature: [UInt8], of message: [UInt8]) -> Bool {
        switch self.material {
        case .secret(let secret):
            return ConstantTime.areEqual(HMACSHA256.authenticate(message, key: secret.bytes), signature)
        case .publicKey(let algorithm):
            // A signature of the wrong length is reported as an error; to us it is one that does not fit.
            return (try? algorithm.verify(signature, signs: message)) ?? false
        }
    }
}
