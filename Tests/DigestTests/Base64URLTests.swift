import Digest
import Testing

@Suite("Base64url")
struct Base64URLTests {
    @Test(
        "The test vectors of RFC 4648 read and write without their padding",
        arguments: [
            ("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"), ("fooba", "Zm9vYmE"),
            ("foobar", "Zm9vYmFy"),
        ])
    func publishedVectors(plain: String, encoded: String) {
        #expect(Base64URL.encode(Array(plain.utf8)) == encoded)
        #expect(Base64URL.decode(encoded) == Array(plain.utf8))
    }

    @Test("The two characters that differ from plain base64 are the URL-safe ones")
    func alphabet() {
        #expect(Base64URL.encode([0xFB, 0xFF, 0xFE] as [UInt8]) == "-__-")
        #expect(Base64URL.decode("-__-") == [0xFB, 0xFF, 0xFE])
    }

    @Test(
        "What is not canonical is refused",
        arguments: [
            "Zg==", "Zm8=", "Zm9v=", "+/+/", "Zm9v\n", " Zm9v", "Z", "Zm9vY", "Zh", "Zm9", "Zm9vYh", "Zm9vYmF", "Zé8",
            "Z\u{0}8v",
            "Z.g", "Zm9v Zm9v",
        ])
    func nonCanonical(text: String) {
        #expect(Base64URL.decode(text) == nil)
    }

    @Test("Of all texts of two and three characters exactly the canonical ones are read")
    func everyShortText() {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
        var read = 0
        for first in alphabet {
            for second in alphabet {
                guard let bytes = Base64URL.decode("\(first)\(second)") else { continue }
                read += 1
                #expect(Base64URL.encode(bytes) == "\(first)\(second)")
            }
        }
        #expect(read == 256)
    }

    @Test("Decoding what was encoded gives the bytes, at every length and through both encoders")
    func roundTrip() {
        for length in 0...70 {
            let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 151 &+ length) }
            let text = Base64URL.encode(bytes)
            #expect(Base64URL.decode(text) == bytes)
            #expect(text.utf8.count == (length * 4 + 2) / 3)
            var emitted: [UInt8] = []
            Base64URL.encode(bytes) { emitted.append($0) }
            #expect(emitted == Array(text.utf8))
        }
    }

    @Test("Thirty-two bytes are forty-three characters")
    func ticketLength() {
        #expect(Base64URL.encode([UInt8](repeating: 0xFF, count: 32)).utf8.count == 43)
    }
}
