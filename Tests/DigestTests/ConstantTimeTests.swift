import Digest
import Testing

@Suite("Comparison in constant time")
struct ConstantTimeTests {
    @Test("Equal bytes are equal, at every length")
    func equal() {
        for length in 0...65 {
            let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0) }
            #expect(ConstantTime.areEqual(bytes, Array(bytes)))
        }
    }

    @Test("A difference in any single bit is seen")
    func anyBit() {
        let bytes = [UInt8](repeating: 0x5A, count: 32)
        for bit in 0..<256 {
            var other = bytes
            other[bit / 8] ^= 1 << (bit % 8)
            #expect(!ConstantTime.areEqual(bytes, other))
        }
    }

    @Test("A prefix is not the whole")
    func lengths() {
        #expect(!ConstantTime.areEqual([1, 2, 3], [1, 2]))
        #expect(!ConstantTime.areEqual([], [0]))
    }
}
