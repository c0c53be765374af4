import FlagModel
import Testing

@Suite("MurmurHash3, x86, 32 bits")
struct Murmur3Tests {
    private func hash(_ bytes: [UInt8], seed: UInt32) -> UInt32 {
        var state = Murmur3(seed: seed)
        bytes.withUnsafeBufferPointer { state.update($0) }
        return state.finalize()
    }

    @Test(
        "Published vectors",
        arguments: [
            ([], 0, 0), ([], 1, 0x514E_28B7), ([], 0xFFFF_FFFF, 0x81F1_6F39),
            ([0xFF, 0xFF, 0xFF, 0xFF], 0, 0x7629_3B50),
            ([0x21, 0x43, 0x65, 0x87], 0x5082_EDEE, 0x2362_F9DE), ([0x21, 0x43, 0x65], 0, 0x7E4A_8634),
            (Array("The quick brown fox jumps over the lazy dog".utf8), 0x9747_B28C, 0x2FA8_26CD),
        ] as [([UInt8], UInt32, UInt32)])
    func published(bytes: [UInt8], seed: UInt32, expected: UInt32) {
        #expect(self.hash(bytes, seed: seed) == expected)
    }

    @Test(
        "flagd's vectors, which reach both ends and the middle",
        arguments: [
            ("ejOoVL", 0), ("bY9fO-", 1), ("SI7p-", 2_147_483_647), ("6LvT0", 2_147_483_648), ("ceQdGm", 4_294_967_295),
        ] as [(String, UInt32)])
    func flagd(text: String, expected: UInt32) {
        var state = Murmur3()
        state.update(text)
        #expect(state.finalize() == expected)
    }

    @Test("SMHasher's verification value is B0F57EE3")
    func verification() {
        var hashes: [UInt8] = []
        for length in 0..<256 {
            let hash = self.hash((0..<length).map { UInt8($0) }, seed: UInt32(256 - length))
            withUnsafeBytes(of: hash.littleEndian) { hashes += $0 }
        }
        #expect(self.hash(hashes, seed: 0) == 0xB0F5_7EE3)
    }

    @Test("Feeding in two parts gives the hash of the whole, wherever it is cut")
    func everyCut() {
        for length in 0...19 {
            let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 91 &+ 200) }
            let whole = self.hash(bytes, seed: 7)
            for cut in 0...length {
                var state = Murmur3(seed: 7)
                bytes[..<cut].withUnsafeBufferPointer { state.update($0) }
                bytes[cut...].withUnsafeBufferPointer { state.update($0) }
                #expect(state.finalize() == whole)
            }
        }
    }

    @Test("Feeding in three parts, and byte by byte, gives the hash of the whole")
    func manyParts() {
        let bytes = Array("a text of 23 bytes long".utf8)
        let whole = self.hash(bytes, seed: 0)
        for first in 0...bytes.count {
            for second in first...bytes.count {
                var state = Murmur3()
                for part in [bytes[..<first], bytes[first..<second], bytes[second...]] {
                    part.withUnsafeBufferPointer { state.update($0) }
                }
                #expect(state.finalize() == whole)
            }
        }
        var state = Murmur3()
        for byte in bytes { state.update(byte) }
        #expect(state.finalize() == whole)
    }

    @Test("Asking for the hash ends nothing: more can be fed")
    func finalizeIsPure() {
        var state = Murmur3()
        state.update("seed")
        #expect(state.finalize() == state.finalize())
        state.update("key")
        #expect(state.finalize() == self.hash(Array("seedkey".utf8), seed: 0))
    }
}
