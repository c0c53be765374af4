import FlagModel
import Foundation
import TestSupport
import Testing

@testable import FlagServer

@Suite("Development has tokens without an issuer")
struct DevelopmentJWTTests {
    @Test("A minted token is accepted for 24 hours and names its user")
    func mintsAcceptedToken() throws {
        let minter = DevelopmentJWT(
            secret: try JWTSecret(TokenForge.secretText), issuer: "signalbox", audience: "chat", keyID: "dev")
        let token = minter.mint(
            subject: "dev-user", email: "dev@example.com", permissions: ["chat:read"], now: TokenForge.now)
        let keys = try JWTKeySet([.hs256(minter.secret, id: "dev")])
        let rules = try JWTRules(issuer: "signalbox", audience: "chat", leewaySeconds: 0)

        let user = try JWTVerifier.forTests(keys: keys, rules: rules).verify(token)
        #expect(user.subject == "dev-user")
        #expect(user.email == "dev@example.com")
        #expect(user.permissions == ["chat:read"])
        #expect(user.expiresAt == TokenForge.now.advanced(byMilliseconds: 86_400_000))

        let later = TokenForge.now.advanced(byMilliseconds: 86_400_000)
        #expect(try JWTVerifier.forTests(keys: keys, rules: rules, now: later).refusal(of: token) == .expired)
    }

    @Test("The secret is made once and found again")
    func keepsSecret() throws {
        let directory = try TemporaryDirectory()
        let path = directory.file("jwt-secret")
        let first = try DevelopmentJWT.secret(atPath: path)
        let second = try DevelopmentJWT.secret(atPath: path)
        #expect(first.bytes == second.bytes)
        #expect(first.bytes.count == 43)
    }
}
