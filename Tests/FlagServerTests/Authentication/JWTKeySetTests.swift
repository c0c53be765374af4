import Testing

@testable import FlagServer

@Suite("The key that a token names, and no other, verifies it")
struct JWTKeySetTests {
    private static let otherSecret = "the secret of another key, 32 bytes or more"

    private static func verifier() throws -> JWTVerifier {
        try .forTests(
            keys: JWTKeySet([
                .hs256(try JWTSecret(TokenForge.secretText), id: "current"),
                .hs256(try JWTSecret(Self.otherSecret), id: "next"),
            ]))
    }

    private static func token(kid: String, secret: String = TokenForge.secretText) -> String {
        TokenForge(header: #"{"alg":"HS256","kid":\#(kid)}"#, secret: secret).token()
    }

    @Test("A token is verified by the key that it names")
    func picksNamedKey() throws {
        let verifier = try Self.verifier()
        #expect(verifier.refusal(of: Self.token(kid: #""current""#)) == nil)
        #expect(verifier.refusal(of: Self.token(kid: #""next""#, secret: Self.otherSecret)) == nil)
    }

    @Test("A token is not tried with a key that it does not name")
    func triesNoOtherKey() throws {
        #expect(try Self.verifier().refusal(of: Self.token(kid: #""next""#)) == .signatureInvalid)
    }

    @Test("An unknown kid is refused, though a key would fit", arguments: ["unknown", "", "Current", "current "])
    func refusesUnknownKid(kid: String) throws {
        #expect(try Self.verifier().refusal(of: Self.token(kid: "\"\(kid)\"")) == .unknownKey)
    }

    @Test("A key without an id does not answer for a token that names one")
    func keyWithoutIDIsNoFallback() throws {
        #expect(try JWTVerifier.forTests().refusal(of: Self.token(kid: #""any""#)) == .unknownKey)
    }

    @Test("A kid that is not a string is refused", arguments: ["1", "null", "true", #"["current"]"#, "{}"])
    func refusesKidOfOtherType(kid: String) throws {
        #expect(try Self.verifier().refusal(of: Self.token(kid: kid)) == .malformed)
    }

    @Test("A token that names no key is refused when several could be meant")
    func refusesAmbiguity() throws {
        #expect(try Self.verifier().refusal(of: TokenForge().token()) == .unknownKey)
    }

    @Test("A token that names no key is verified by the only key of its algorithm")
    func acceptsOnlyKey() throws {
        let keys = try JWTKeySet([.hs256(try JWTSecret(TokenForge.secretText), id: "current")])
        #expect(try JWTVerifier.forTests(keys: keys).refusal(of: TokenForge().token()) == nil)
    }

    @Test("A token that names a key of another algorithm is refused")
    func refusesKeyOfOtherAlgorithm() async throws {
        let pair = try await ECKeyPair()
        let keys = try JWTKeySet([
            .hs256(try JWTSecret(TokenForge.secretText), id: "secret"),
            try await .es256(pem: pair.publicPEM, id: "public"),
        ])
        let verifier = try JWTVerifier.forTests(keys: keys)
        #expect(verifier.refusal(of: Self.token(kid: #""public""#)) == .algorithmNotAllowed)
        let crossed = try pair.token(header: #"{"alg":"ES256","kid":"secret"}"#)
        #expect(verifier.refusal(of: crossed) == .algorithmNotAllowed)
    }

    @Test("Two keys of one id are a fault of the configuration")
    func refusesDuplicateID() throws {
        let key = JWTVerificationKey.hs256(try JWTSecret(TokenForge.secretText), id: "same")
        #expect(throws: JWTConfigurationError.self) { try JWTKeySet([key, key]) }
    }
}
