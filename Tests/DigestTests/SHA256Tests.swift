import Digest
import Testing

@Suite("SHA-256")
struct SHA256Tests {
    @Test(
        "The examples of FIPS 180-4 have their published digests",
        arguments: [
            ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (
                "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
            ),
        ])
    func publishedExamples(text: String, digest: String) {
        #expect(Hexadecimal.encode(SHA256.hash(text)) == digest)
    }

    @Test("A million letters a have their published digest")
    func million() {
        let digest = SHA256.hash([UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000))
        #expect(
            Hexadecimal.encode(digest) == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
    }

    @Test("Text, contiguous bytes and bytes that arrive one by one have one digest")
    func sourcesAgree() {
        let text = "zoë ☃ 😀"
        let expected = SHA256.hash(text)
        #expect(SHA256.hash(Array(text.utf8)) == expected)
        #expect(SHA256.hash(ContiguousArray(text.utf8)) == expected)
        var bytes = text.utf8.makeIterator()
        #expect(SHA256.hash(AnyIterator { bytes.next() }) == expected)
    }

    @Test("Writing into memory fills exactly the first 32 bytes")
    func writesIntoMemory() {
        var room = [UInt8](repeating: 0xEE, count: 40)
        Array("abc".utf8).withUnsafeBytes { input in
            room.withUnsafeMutableBytes { SHA256.hash(of: input, into: $0) }
        }
        #expect(Array(room.prefix(32)) == SHA256.hash("abc"))
        #expect(room.suffix(8).allSatisfy { $0 == 0xEE })
    }
}
