import Digest
import FlagModel
import JWTKit

/// A key pair on P-256 that signs tokens by hand.
struct ECKeyPair {
    let publicPEM: String
    let privatePEM: String

    private let signer: any JWTAlgorithm

    init() async throws {
        let key = ES256PrivateKey()
        self.publicPEM = key.publicKey.pemRepresentation
        self.privatePEM = key.pemRepresentation
        self.signer = try await JWTKeyCollection().add(ecdsa: key).getKey()
    }

    /// A token with these claims, `sub` and an `exp` in an hour.
    func token(header: String = #"{"alg":"ES256"}"#, _ claims: [String: JSONValue] = [:]) throws -> String {
        let all: [String: JSONValue] = ["sub": "user-1", "exp": .integer(TokenForge.nowSeconds + 3600)]
        let payload = JSONValue.object(all.merging(claims) { $1 }).canonical
        let signingInput = Base64URL.encode(header.utf8) + "." + Base64URL.encode(payload.utf8)
        return signingInput + "." + Base64URL.encode(try self.signer.sign(Array(signingInput.utf8)))
    }
}
