import Digest
import Testing

@Suite("Random bytes")
struct SecureRandomTests {
    @Test("As many bytes come as were asked for", arguments: [0, 1, 16, 32, 33, 4096])
    func sizes(count: Int) throws {
        #expect(try SecureRandom.bytes(count).count == count)
    }

    @Test("A thousand draws of 16 bytes never repeat")
    func neverRepeats() throws {
        var seen: Set<[UInt8]> = []
        for _ in 0..<1000 { seen.insert(try SecureRandom.bytes(16)) }
        #expect(seen.count == 1000)
    }

    @Test("Every value of a byte comes up in 65,536 bytes, about as often as the others")
    func spread() throws {
        var counts = [Int](repeating: 0, count: 256)
        for byte in try SecureRandom.bytes(65_536) { counts[Int(byte)] += 1 }
        // Expected 256 each, standard deviation 16: twelve of them either way never happens by chance.
        #expect(counts.allSatisfy { (64...448).contains($0) })
    }

    @Test("Filling memory overwrites all of it")
    func fill() throws {
        let room = UnsafeMutableRawBufferPointer.allocate(byteCount: 64, alignment: 1)
        defer { room.deallocate() }
        var isTouched = [Bool](repeating: false, count: 64)
        for _ in 0..<16 {
            room.initializeMemory(as: UInt8.self, repeating: 0)
            try SecureRandom.fill(room)
            for (position, byte) in room.enumerated() where byte != 0 { isTouched[position] = true }
        }
        #expect(isTouched.allSatisfy { $0 })
    }

    @Test("Filling no memory at all is no failure")
    func fillNothing() throws {
        try SecureRandom.fill(UnsafeMutableRawBufferPointer(start: nil, count: 0))
    }
}
