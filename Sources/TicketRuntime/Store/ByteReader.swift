/// Takes numbers and texts from memory, one after the other; nil once there is not enough left.
struct ByteReader {
    private let memory: UnsafeRawBufferPointer
    private var position = 0

    init(_ memory: UnsafeRawBufferPointer) {
        self.memory = memory
    }

    /// Whether everything was read.
    var isAtEnd: Bool { self.position == self.memory.count }

    mutating func byte() -> UInt8? {
        guard self.position < self.memory.count else { return nil }
        defer { self.position += 1 }
        return self.memory[self.position]
    }

    mutating func integer() -> Int64? {
        guard self.memory.count - self.position >= 8 else { return nil }
        defer { self.position += 8 }
        return Int64(bigEndian: self.memory.loadUnaligned(fromByteOffset: self.position, as: Int64.self))
    }

    mutating func length() -> UInt16? {
        guard self.memory.count - self.position >= 2 else { return nil }
        defer { self.position += 2 }
        return UInt16(bigEndian: self.memory.loadUnaligned(fromByteOffset: self.position, as: UInt16.self))
    }

    mutating func bytes(_ count: Int) -> UnsafeRawBufferPointer? {
        guard self.memory.count - self.position >= count else { return nil }
        defer { self.position += count }
        return UnsafeRawBufferPointer(rebasing: self.memory[self.position..<(self.position + count)])
    }

    mutating func text() -> String? {
        guard let count = self.length(), let bytes = self.bytes(Int(count)) else { return nil }
        // Nearly every text is ASCII, which needs no validation; the general way is many times slower.
        return bytes.allSatisfy { $0 < 0x80 }
            ? String(decoding: bytes, as: UTF8.self) : String(validating: bytes, as: UTF8.self)
    }
}
