/// Writes numbers and texts into memory whose size was computed before.
struct ByteWriter {
    private let memory: UnsafeMutableRawBufferPointer
    private var position = 0

    /// An array of the `count` bytes that `body` writes.
    static func bytes(_ count: Int, _ body: (inout ByteWriter) -> Void) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: count) { memory, written in
            var writer = ByteWriter(memory: UnsafeMutableRawBufferPointer(memory))
            body(&writer)
            written = writer.position
        }
    }

    private init(memory: UnsafeMutableRawBufferPointer) {
        self.memory = memory
    }

    /// How many bytes a text takes.
    static func size(of text: String) -> Int { 2 + Self.length(of: text) }

    /// Callers bound their texts far below 64 KiB; what a bug lets through is cut.
    private static func length(of text: String) -> Int { min(text.utf8.count, Int(UInt16.max)) }

    mutating func append(_ byte: UInt8) {
        self.memory[self.position] = byte
        self.position += 1
    }

    mutating func append(_ value: Int64) {
        self.memory.storeBytes(of: value.bigEndian, toByteOffset: self.position, as: Int64.self)
        self.position += 8
    }

    mutating func append(_ value: UInt16) {
        self.memory.storeBytes(of: value.bigEndian, toByteOffset: self.position, as: UInt16.self)
        self.position += 2
    }

    mutating func append(_ bytes: UnsafeRawBufferPointer) {
        UnsafeMutableRawBufferPointer(rebasing: self.memory[self.position..<(self.position + bytes.count)])
            .copyMemory(from: bytes)
        self.position += bytes.count
    }

    /// Appends a text after its length.
    mutating func append(_ text: String) {
        let length = Self.length(of: text)
        self.append(UInt16(length))
        var text = text
        text.withUTF8 { self.append(UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: $0[..<length]))) }
    }
}
