import JWTKit
import Testing

@testable import FlagServer

@Suite("A key that would not protect anything is refused at the start")
struct JWTVerificationKeyTests {
    @Test("A secret of 31 bytes is refused, one of 32 is not")
    func checksSecretLength() throws {
        let error = #expect(throws: JWTConfigurationError.self) { try JWTSecret(String(repeating: "s", count: 31)) }
        #expect(error?.description.contains("32") == true)
        #expect(try JWTSecret(String(repeating: "s", count: 32)).bytes.count == 32)
        #expect(try JWTSecret(String(repeating: "é", count: 16)).bytes.count == 32)
    }

    @Test("A PEM document is refused as a secret")
    func refusesPEMAsSecret() async throws {
        let pair = try await ECKeyPair()
        #expect(throws: JWTConfigurationError.self) { try JWTSecret(pair.publicPEM) }
    }

    @Test("A secret does not show in descriptions and dumps")
    func hidesSecret() throws {
        let secret = try JWTSecret(TokenForge.secretText)
        let key = JWTVerificationKey.hs256(secret)
        let minter = DevelopmentJWT(secret: secret)
        var dumped = ""
        dump(secret, to: &dumped)
        dump(key, to: &dumped)
        dump(minter, to: &dumped)
        let numbers = secret.bytes.prefix(4).map(String.init).joined(separator: ", ")
        for text in [dumped, "\(secret)", String(reflecting: secret), "\(key)", "\(minter)", String(reflecting: key)] {
            #expect(!text.contains("horse"))
            #expect(!text.contains(numbers))
        }
        // As a line of its own, as a dump shows an element: the digits alone may stand in an address.
        #expect(!dumped.contains("- \(secret.bytes[0])\n"))
    }

    @Test("A private key is refused, with the command that writes the public one")
    func refusesPrivateKey() async throws {
        let pair = try await ECKeyPair()
        let error = await #expect(throws: JWTConfigurationError.self) {
            try await JWTVerificationKey.es256(pem: pair.privatePEM)
        }
        #expect(error?.description.contains("-pubout") == true)
    }

    @Test("A key on another curve, a certificate's shell and garbage are refused")
    func refusesOtherKeys() async throws {
        let p384 = ES384PrivateKey().publicKey.pemRepresentation
        for text in [p384, "", "garbage", "-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----"] {
            await #expect(throws: JWTConfigurationError.self) { try await JWTVerificationKey.es256(pem: text) }
        }
    }
}
