import Digest
import FlagModel
import Testing

@testable import FlagServer

/// The examples of RFC 7515 (appendix A) and RFC 7519 (sections 3.1 and 6.1). Their claims name no user, so an accepted
/// signature shows as `subject-missing`.
@Suite("The examples of the RFCs are verified")
struct JWTVectorTests {
    /// Before the examples' `exp` of 1300819380.
    private static let now = Timestamp(millisecondsSinceEpoch: 1_300_819_000_000)
    private static let payload =
        "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"

    private static let hs256 =
        "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.\(Self.payload).dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
    private static let es256 =
        "eyJhbGciOiJFUzI1NiJ9.\(Self.payload)."
        + "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q"
    private static let unsecured = "eyJhbGciOiJub25lIn0.\(Self.payload)."

    /// The key of RFC 7515, A.3.1, as a SubjectPublicKeyInfo: its fixed DER prefix, then the point.
    private static func publicPEM() throws -> String {
        let prefix = "3059301306072a8648ce3d020106082a8648ce3d030107034200"
        let x = try #require(Base64URL.decode("f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU"))
        let y = try #require(Base64URL.decode("x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"))
        let der = try #require(Hexadecimal.decode(prefix)) + [4] + x + y
        // 91 bytes are 122 characters, which PEM pads and breaks after 64 (RFC 7468).
        let base64 = Base64URL.encode(der).replacing("-", with: "+").replacing("_", with: "/") + "=="
        return "-----BEGIN PUBLIC KEY-----\n\(base64.prefix(64))\n\(base64.dropFirst(64))\n-----END PUBLIC KEY-----\n"
    }

    private static func verifier(_ key: JWTVerificationKey) throws -> JWTVerifier {
        try .forTests(keys: JWTKeySet([key]), now: Self.now)
    }

    @Test("RFC 7515 A.1 and RFC 7519 3.1: HS256")
    func verifiesHS256Example() throws {
        let key = try #require(
            Base64URL.decode("AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow"))
        let message = Array(Self.hs256.split(separator: ".").dropLast().joined(separator: ".").utf8)
        let signature = try #require(Base64URL.decode(Self.hs256.split(separator: ".")[2]))
        #expect(HMACSHA256.authenticate(message, key: key) == signature)
    }

    @Test("RFC 7515 A.3: ES256")
    func verifiesES256Example() async throws {
        let verifier = try Self.verifier(try await .es256(pem: Self.publicPEM()))
        #expect(verifier.refusal(of: Self.es256) == .subjectMissing)
    }

    @Test("RFC 7515 A.3 with one bit of the signature changed is refused")
    func refusesChangedES256Example() async throws {
        let verifier = try Self.verifier(try await .es256(pem: Self.publicPEM()))
        #expect(verifier.refusal(of: Self.es256.replacing(".DtEh", with: ".DtEi")) == .signatureInvalid)
    }

    @Test("RFC 7519 6.1: an unsecured token is refused")
    func refusesUnsecuredExample() async throws {
        let verifier = try Self.verifier(try await .es256(pem: Self.publicPEM()))
        #expect(verifier.refusal(of: Self.unsecured) == .algorithmNotAllowed)
    }
}
