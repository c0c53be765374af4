import Digest
import FlagModel
import Testing

@testable import FlagServer

@Suite("A token that is not a well-formed JWT is refused")
struct JWTEnvelopeTests {
    private static func refusal(header: String) throws -> JWTRefusal.Reason? {
        try JWTVerifier.forTests().refusal(of: TokenForge(header: header).token())
    }

    @Test("Anything but three parts is refused", arguments: ["", ".", "..", "...", "a", "a.b", "a.b.c.d", "a.b.c.d.e"])
    func refusesOtherShapes(token: String) throws {
        #expect(try JWTVerifier.forTests().refusal(of: token) == .malformed)
    }

    @Test(
        "White space, padding, and the other alphabet of base64 are refused",
        arguments: [" ", "\n", "=", "+", "/", "é", "\0"])
    func refusesForeignCharacters(character: String) throws {
        let verifier = try JWTVerifier.forTests()
        let token = TokenForge().token()
        let parts = token.split(separator: ".")
        for forged in [
            character + token, token + character, "\(parts[0])\(character).\(parts[1]).\(parts[2])",
            "\(parts[0]).\(parts[1])\(character).\(parts[2])",
        ] {
            // A changed payload is caught by the signature before it is decoded.
            #expect([.malformed, .signatureInvalid].contains(verifier.refusal(of: forged)))
        }
    }

    @Test("A last character whose unused bits are not zero is refused, though lenient decoders see the same bytes")
    func refusesNonCanonicalEncoding() throws {
        let token = TokenForge().token()
        let last = try #require(token.last)
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
        let position = try #require(alphabet.firstIndex(of: last))
        // 32 bytes leave two bits over in the 43rd character.
        #expect(position.isMultiple(of: 4))
        for offset in 1...3 {
            let forged = String(token.dropLast()) + String(alphabet[position + offset])
            #expect(try JWTVerifier.forTests().refusal(of: forged) == .malformed)
        }
    }

    @Test("A token cut off anywhere is refused")
    func refusesTruncation() throws {
        let verifier = try JWTVerifier.forTests()
        let token = TokenForge().token(["email": "a@example.com"])
        for length in 0..<token.count {
            #expect(verifier.refusal(of: String(token.prefix(length))) != nil)
        }
    }

    @Test("A token of 8 KiB is read, one byte more is not")
    func refusesHugeToken() throws {
        let verifier = try JWTVerifier.forTests()
        let overhead = TokenForge().token(["pad": ""]).utf8.count
        var sizes: Set<Int> = []
        for pad in (0..<8).map({ (JWTEnvelope.maximumLength - overhead) / 4 * 3 - 4 + $0 }) {
            let token = TokenForge().token(["pad": .string(String(repeating: "x", count: pad))])
            sizes.insert(token.utf8.count)
            #expect(
                verifier.refusal(of: token) == (token.utf8.count <= JWTEnvelope.maximumLength ? nil : .malformed))
        }
        #expect(sizes.contains { $0 <= JWTEnvelope.maximumLength } && sizes.contains { $0 > JWTEnvelope.maximumLength })
        #expect(verifier.refusal(of: String(repeating: "A", count: 50_000_000)) == .malformed)
    }

    @Test(
        "A header that is not a JSON object with an algorithm is refused",
        arguments: [
            "", "null", "[]", "\"HS256\"", "{}", #"{"typ":"JWT"}"#, #"{"alg":null}"#, #"{"alg":256}"#,
            "{\"alg\":\"HS256\"", "\u{FEFF}{\"alg\":\"HS256\"}",
        ]
    )
    func refusesOtherHeaders(header: String) throws {
        #expect(try Self.refusal(header: header) == .malformed)
    }

    @Test(
        "A member that stands twice is refused, in whichever way its name is spelt",
        arguments: [#"{"alg":"none","alg":"HS256"}"#, #"{"alg":"HS256","\u0061lg":"none"}"#])
    func refusesDuplicateHeaderMember(header: String) throws {
        #expect(try Self.refusal(header: header) == .malformed)
    }

    @Test("A claim that stands twice is refused")
    func refusesDuplicateClaim() throws {
        let token = TokenForge().token(payload: #"{"sub":"user-1","exp":9999999999,"sub":"admin"}"#)
        #expect(try JWTVerifier.forTests().refusal(of: token) == .malformed)
    }

    @Test(
        "Critical extensions are refused, whatever they are",
        arguments: [#"["exp"]"#, #"["b64"]"#, "[]", "null", "false"])
    func refusesCritical(extensions: String) throws {
        #expect(try Self.refusal(header: #"{"alg":"HS256","crit":\#(extensions),"b64":false}"#) == .malformed)
    }

    @Test(
        "A token of another kind is refused",
        arguments: ["logout+jwt", "dpop+jwt", "secevent+jwt", "JOSE", "", "at+jwt2"])
    func refusesOtherTypes(type: String) throws {
        #expect(try Self.refusal(header: #"{"alg":"HS256","typ":"\#(type)"}"#) == .malformed)
    }

    @Test("The kinds of a user's token are accepted in either case", arguments: ["JWT", "jwt", "at+jwt", "AT+JWT"])
    func acceptsUserTypes(type: String) throws {
        #expect(try Self.refusal(header: #"{"alg":"HS256","typ":"\#(type)"}"#) == nil)
    }

    @Test("A key that the token brings along is passed over")
    func ignoresEmbeddedKeys() throws {
        let header =
            #"{"alg":"HS256","jku":"https://evil.example/","jwk":{"kty":"oct","k":"AAAA"},"x5u":"https://evil.example/"}"#
        let verifier = try JWTVerifier.forTests()
        #expect(verifier.refusal(of: TokenForge(header: header).token()) == nil)
        #expect(
            verifier.refusal(of: TokenForge(header: header, secret: "\0\0\0").token()) == .signatureInvalid)
    }

    @Test(
        "A payload that is not a JSON object is refused",
        arguments: ["", "null", "[]", "1", "{", "{}x", "{\"exp\":1e999}"])
    func refusesOtherPayloads(payload: String) throws {
        #expect(try JWTVerifier.forTests().refusal(of: TokenForge().token(payload: payload)) == .malformed)
    }

    @Test("A deeply nested payload is refused")
    func refusesDeepNesting() throws {
        let depth = 3000
        let payload =
            #"{"sub":"user-1","exp":9999999999,"x":"# + String(repeating: "[", count: depth)
            + String(repeating: "]", count: depth) + "}"
        #expect(try JWTVerifier.forTests().refusal(of: TokenForge().token(payload: payload)) == .malformed)
    }

    @Test("No refusal quotes the token")
    func refusalsQuoteNothing() throws {
        let marker = "s3cr3tm4rk3r"
        let verifier = try JWTVerifier.forTests(rules: JWTRules(issuer: "issuer", audience: "audience"))
        let issued = ["iss": "issuer", "aud": "audience"] as [String: JSONValue]
        var tokens = [marker, "\(marker).\(marker).\(marker)", TokenForge().token(["iss": .string(marker)])]
        tokens.append(TokenForge(header: #"{"alg":"\#(marker)"}"#).token())
        tokens.append(TokenForge(header: #"{"alg":"HS256","kid":"\#(marker)"}"#).token())
        tokens.append(TokenForge(header: #"{"alg":"HS256","typ":"\#(marker)"}"#).token())
        tokens.append(TokenForge(header: #"{"alg":"HS256","\#(marker)":1,"\#(marker)":1}"#).token())
        tokens.append(TokenForge(secret: marker).token())
        tokens.append(TokenForge().token(payload: #"{"\#(marker)":1,"\#(marker)":2}"#))
        tokens.append(TokenForge().token(issued.merging(["aud": .string(marker)]) { $1 }))
        tokens.append(TokenForge().token(issued.merging(["permissions": .string(marker)]) { $1 }))
        tokens.append(TokenForge().token(issued.merging(["exp": .string(marker)]) { $1 }))
        for token in tokens {
            let refusal = #expect(throws: JWTRefusal.self) { try verifier.verify(token) }
            let text = String(reflecting: refusal) + (refusal?.description ?? "")
            #expect(!text.contains(marker))
            for part in token.split(separator: ".") where part.count > 8 { #expect(!text.contains(part)) }
        }
    }
}
