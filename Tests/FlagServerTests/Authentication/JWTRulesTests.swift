import FlagModel
import Testing

@testable import FlagServer

@Suite("The claims of a JWT must hold now and here")
struct JWTRulesTests {
    private static let now = TokenForge.nowSeconds

    private static func refusal(
        _ claims: [String: JSONValue], rules: JWTRules? = nil
    ) throws -> JWTRefusal.Reason? {
        try JWTVerifier.forTests(rules: rules).refusal(of: TokenForge().token(claims))
    }

    @Test("A token is good until its exp plus 30 seconds, and not a moment longer")
    func honoursExpiry() throws {
        #expect(try Self.refusal(["exp": .integer(Self.now + 1)]) == nil)
        #expect(try Self.refusal(["exp": .integer(Self.now)]) == nil)
        #expect(try Self.refusal(["exp": .integer(Self.now - 29)]) == nil)
        #expect(try Self.refusal(["exp": .number(Double(Self.now) - 29.999)]) == nil)
        #expect(try Self.refusal(["exp": .integer(Self.now - 30)]) == .expired)
        #expect(try Self.refusal(["exp": .integer(Self.now - 31)]) == .expired)
    }

    @Test("Without leeway a token ends at its exp")
    func honoursExpiryWithoutLeeway() throws {
        let rules = try JWTRules(leewaySeconds: 0)
        #expect(try Self.refusal(["exp": .integer(Self.now + 1)], rules: rules) == nil)
        #expect(try Self.refusal(["exp": .integer(Self.now)], rules: rules) == .expired)
    }

    @Test("A token without exp is refused")
    func requiresExpiry() throws {
        #expect(try Self.refusal(["exp": .null]) == .malformed)
        let spelt = TokenForge().token(payload: #"{"sub":"user-1","exp":null}"#)
        #expect(try JWTVerifier.forTests().refusal(of: spelt) == .malformed)
    }

    @Test(
        "A time that is not in seconds is refused",
        arguments: ["9999999999999", "1e300", "-1e300", #""9999999999""#, "true", "[9999999999]", "{}"],
        ["exp", "nbf", "iat"])
    func refusesOtherTimes(time: String, claim: String) throws {
        let expiry = claim == "exp" ? "" : #","exp":9999999999"#
        let token = TokenForge().token(payload: #"{"sub":"user-1","\#(claim)":\#(time)\#(expiry)}"#)
        #expect(try JWTVerifier.forTests().refusal(of: token) == .malformed)
    }

    @Test("A token from before the epoch has expired")
    func refusesNegativeExpiry() throws {
        #expect(try Self.refusal(["exp": -1]) == .expired)
        #expect(try Self.refusal(["exp": 0]) == .expired)
    }

    @Test("A token is good from 30 seconds before its nbf and iat", arguments: ["nbf", "iat"])
    func honoursStart(claim: String) throws {
        #expect(try Self.refusal([claim: .integer(Self.now - 100)]) == nil)
        #expect(try Self.refusal([claim: .integer(Self.now)]) == nil)
        #expect(try Self.refusal([claim: .integer(Self.now + 30)]) == nil)
        #expect(try Self.refusal([claim: .number(Double(Self.now) + 30.5)]) == .notYetValid)
        #expect(try Self.refusal([claim: .integer(Self.now + 31)]) == .notYetValid)
    }

    @Test("The issuer must be the configured one, letter by letter")
    func checksIssuer() throws {
        let rules = try JWTRules(issuer: "https://id.example.com/é")
        #expect(try Self.refusal(["iss": "https://id.example.com/é"], rules: rules) == nil)
        for issuer: JSONValue in [
            .null, "", "https://id.example.com", "https://ID.example.com/é", "https://id.example.com/e\u{301}", 1,
            ["https://id.example.com/é"],
        ] {
            #expect(try Self.refusal(["iss": issuer], rules: rules) == .issuerMismatch)
        }
    }

    @Test("The audience must be or contain the configured one")
    func checksAudience() throws {
        let rules = try JWTRules(audience: "chat")
        #expect(try Self.refusal(["aud": "chat"], rules: rules) == nil)
        #expect(try Self.refusal(["aud": ["billing", "chat"]], rules: rules) == nil)
        for audience: JSONValue in [
            .null, "", "Chat", "chat ", "chatter", "billing", [], ["billing"], [["chat"]], [1], 1, ["chat": true],
        ] {
            #expect(try Self.refusal(["aud": audience], rules: rules) == .audienceMismatch)
        }
    }

    @Test("Issuer and audience are not looked at unless configured")
    func ignoresUnconfigured() throws {
        #expect(try Self.refusal(["iss": "anyone", "aud": ["anywhere"]]) == nil)
    }

    @Test("An empty issuer or audience and an absurd leeway are faults of the configuration")
    func refusesBadConfiguration() {
        #expect(throws: JWTConfigurationError.self) { try JWTRules(issuer: "") }
        #expect(throws: JWTConfigurationError.self) { try JWTRules(audience: "") }
        #expect(throws: JWTConfigurationError.self) { try JWTRules(leewaySeconds: -1) }
        #expect(throws: JWTConfigurationError.self) { try JWTRules(leewaySeconds: 301) }
    }
}
