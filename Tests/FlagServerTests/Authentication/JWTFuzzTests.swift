import Digest
import FlagModel
import Testing

@testable import FlagServer

@Suite("Garbage is refused, and never stops the server")
struct JWTFuzzTests {
    /// SplitMix64: the same numbers in every run, so that a failure can be repeated.
    private struct Random: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            self.state &+= 0x9E37_79B9_7F4A_7C15
            var z = self.state
            z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
            return z ^ (z >> 31)
        }
    }

    private static func mutate(_ token: [UInt8], _ random: inout Random) -> [UInt8] {
        var bytes = token
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            let position = Int.random(in: 0..<max(1, bytes.count), using: &random)
            guard position < bytes.count else { break }
            switch Int.random(in: 0..<6, using: &random) {
            case 0: bytes[position] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            case 1: bytes[position] = UInt8.random(in: .min ... .max, using: &random)
            case 2: bytes.remove(at: position)
            case 3: bytes.insert(UInt8(ascii: "."), at: position)
            case 4: bytes.removeSubrange(position...)
            default: bytes.insert(contentsOf: bytes[position...].prefix(20), at: position)
            }
        }
        return bytes
    }

    @Test("Of 100,000 mutations of a good token none is accepted")
    func refusesMutations() throws {
        let verifier = try JWTVerifier.forTests()
        let token = TokenForge().token(["email": "a@example.com", "permissions": ["read"], "iat": 1_772_600_000])
        let good = Array(token.utf8)
        var random = Random(state: 1)
        var accepted = 0
        for _ in 0..<100_000 {
            let mutation = Self.mutate(good, &random)
            guard mutation != good else { continue }
            if verifier.refusal(of: String(decoding: mutation, as: UTF8.self)) == nil { accepted += 1 }
        }
        #expect(verifier.refusal(of: token) == nil)
        #expect(accepted == 0)
    }

    @Test(
        "Of 20,000 mutated headers and payloads that are correctly signed none stops the verifier or makes another user"
    )
    func survivesSignedGarbage() throws {
        let verifier = try JWTVerifier.forTests()
        let header = Array(#"{"alg":"HS256","typ":"JWT"}"#.utf8)
        let payload = Array(#"{"exp":1772604367,"permissions":["read"],"sub":"user-1","x":[1.5e3,"\u00e9",null]}"#.utf8)
        var random = Random(state: 2)
        for _ in 0..<20_000 {
            let parts = [
                Bool.random(using: &random) ? header : Self.mutate(header, &random), Self.mutate(payload, &random),
            ]
            let token = TokenForge().sign(parts.map { Base64URL.encode($0) }.joined(separator: "."))
            if let user = try? verifier.verify(token) { #expect(!user.subject.isEmpty) }
        }
    }
}
