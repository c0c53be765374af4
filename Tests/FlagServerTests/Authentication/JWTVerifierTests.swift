import Digest
import FlagModel
import Testing

@testable import FlagServer

@Suite("A JWT is accepted only with the signature of a configured key")
struct JWTVerifierTests {
    @Test("A token signed with the secret names its user")
    func acceptsSignedToken() throws {
        let user = try JWTVerifier.forTests().verify(TokenForge().token(["email": "a@example.com"]))
        #expect(user.subject == "user-1")
        #expect(user.email == "a@example.com")
        #expect(user.expiresAt == TokenForge.now.advanced(byMilliseconds: 3_600_000))
    }

    @Test("A token signed with another secret is refused")
    func refusesOtherSecret() throws {
        let forged = TokenForge(secret: "another secret that is also 32 bytes long").token()
        #expect(try JWTVerifier.forTests().refusal(of: forged) == .signatureInvalid)
    }

    @Test("A payload that was changed after signing is refused")
    func refusesChangedPayload() throws {
        let parts = TokenForge().token().split(separator: ".")
        let payload = Base64URL.encode(#"{"sub":"admin","exp":9999999999}"#.utf8)
        #expect(try JWTVerifier.forTests().refusal(of: "\(parts[0]).\(payload).\(parts[2])") == .signatureInvalid)
    }

    @Test("A signature that is missing, cut short or too long is refused", arguments: ["", "AAAA", "cut", "long"])
    func refusesOtherLengths(kind: String) throws {
        let parts = TokenForge().token().split(separator: ".").map(String.init)
        let signature = Array(try #require(Base64URL.decode(parts[2])))
        let forged =
            switch kind {
            case "cut": Base64URL.encode(signature.dropLast())
            case "long": Base64URL.encode(signature + [0])
            default: kind
            }
        #expect(
            try JWTVerifier.forTests().refusal(of: "\(parts[0]).\(parts[1]).\(forged)") == .signatureInvalid)
    }

    @Test(
        "An unsigned token is refused, however its algorithm is spelt",
        arguments: ["none", "None", "NONE", "nOnE", ""])
    func refusesNone(algorithm: String) throws {
        let verifier = try JWTVerifier.forTests()
        let signed = TokenForge(header: #"{"alg":"\#(algorithm)"}"#).token()
        let unsigned = signed[...(signed.lastIndex(of: ".") ?? signed.startIndex)]
        #expect(verifier.refusal(of: String(unsigned)) == .algorithmNotAllowed)
        #expect(verifier.refusal(of: signed) == .algorithmNotAllowed)
    }

    @Test(
        "An algorithm without a key is refused before its signature is looked at",
        arguments: ["RS256", "ES256", "HS384", "HS512", "EdDSA", "hs256", "HS256 "])
    func refusesOtherAlgorithms(algorithm: String) throws {
        let token = TokenForge(header: #"{"alg":"\#(algorithm)"}"#).token()
        #expect(try JWTVerifier.forTests().refusal(of: token) == .algorithmNotAllowed)
    }

    @Test("Without any key every token is refused")
    func refusesWithoutKeys() throws {
        let verifier = try JWTVerifier.forTests(keys: JWTKeySet([]))
        #expect(verifier.refusal(of: TokenForge().token()) == .algorithmNotAllowed)
    }

    @Test("A token signed by the private key is accepted by the public key")
    func acceptsES256() async throws {
        let pair = try await ECKeyPair()
        let verifier = try JWTVerifier.forTests(keys: JWTKeySet([try await .es256(pem: pair.publicPEM)]))
        #expect(try verifier.verify(pair.token()).subject == "user-1")
    }

    @Test("A token signed by another private key is refused")
    func refusesOtherPrivateKey() async throws {
        let pair = try await ECKeyPair()
        let verifier = try JWTVerifier.forTests(keys: JWTKeySet([try await .es256(pem: pair.publicPEM)]))
        let forged = try await ECKeyPair().token()
        #expect(verifier.refusal(of: forged) == .signatureInvalid)
    }

    @Test("The public key does not serve as the secret of an HS256 token")
    func refusesPublicKeyAsSecret() async throws {
        let pair = try await ECKeyPair()
        let onlyPublic = try JWTVerifier.forTests(keys: JWTKeySet([try await .es256(pem: pair.publicPEM)]))
        let both = try JWTVerifier.forTests(
            keys: JWTKeySet([.hs256(try JWTSecret(TokenForge.secretText)), try await .es256(pem: pair.publicPEM)]))
        for text in [pair.publicPEM, pair.publicPEM + "\n"] {
            let forged = TokenForge(secret: text).token()
            #expect(onlyPublic.refusal(of: forged) == .algorithmNotAllowed)
            #expect(both.refusal(of: forged) == .signatureInvalid)
        }
    }

    @Test("An ES256 signature of zeros, of the wrong length or in DER is refused", arguments: [0, 1, 63, 64, 65, 70])
    func refusesMalformedES256Signature(length: Int) async throws {
        let pair = try await ECKeyPair()
        let verifier = try JWTVerifier.forTests(keys: JWTKeySet([try await .es256(pem: pair.publicPEM)]))
        let parts = try pair.token().split(separator: ".")
        let zeros = Base64URL.encode([UInt8](repeating: 0, count: length))
        #expect(verifier.refusal(of: "\(parts[0]).\(parts[1]).\(zeros)") == .signatureInvalid)
    }

    @Test("A replaced key set is in force at once, and the old keys are not")
    func replacesKeysWhole() throws {
        let verifier = try JWTVerifier.forTests()
        let newSecret = "a new secret that is at least 32 bytes long"
        verifier.replaceKeys(try JWTKeySet([.hs256(try JWTSecret(newSecret))]))
        #expect(verifier.refusal(of: TokenForge().token()) == .signatureInvalid)
        #expect(verifier.refusal(of: TokenForge(secret: newSecret).token()) == nil)
    }
}
