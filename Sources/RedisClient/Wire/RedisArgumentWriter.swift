/// Writes a command's arguments into memory whose size was computed before.
///
/// hiredis' `redisFormatCommandArgv` wants an array of pointers and an array of lengths, allocates the result with
/// `malloc`, and it has to be copied and freed. Writing the same bytes here takes one allocation and one pass.
public struct RedisArgumentWriter {
    @usableFromInline let memory: UnsafeMutableRawBufferPointer
    @usableFromInline var count = 0

    @inlinable
    init(_ memory: UnsafeMutableRawBufferPointer) {
        self.memory = memory
    }

    /// Appends one byte.
    @inlinable
    public mutating func append(_ byte: UInt8) {
        self.memory[self.count] = byte
        self.count += 1
    }

    /// Appends a copy of `bytes`.
    @inlinable
    public mutating func append(_ bytes: UnsafeRawBufferPointer) {
        guard !bytes.isEmpty else { return }
        UnsafeMutableRawBufferPointer(rebasing: self.memory[self.count..<(self.count + bytes.count)])
            .copyMemory(from: bytes)
        self.count += bytes.count
    }

    /// Appends `value` in decimal.
    @inlinable
    public mutating func append(decimal value: UInt64) {
        var rest = value
        let end = self.count + Self.digitCount(value)
        var position = end
        repeat {
            position -= 1
            self.memory[position] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        } while rest > 0
        self.count = end
    }

    /// Appends `<prefix><value>\r\n`: the head of an array or of a bulk string.
    @inlinable
    mutating func appendHead(_ prefix: UInt8, _ value: Int) {
        self.append(prefix)
        self.append(decimal: UInt64(value))
        self.appendLineEnd()
    }

    /// Appends one whole bulk string.
    @inlinable
    mutating func appendBulk(_ argument: some RedisArgument) {
        self.appendHead(UInt8(ascii: "$"), argument.redisByteCount)
        argument.write(to: &self)
        self.appendLineEnd()
    }

    @inlinable
    mutating func appendLineEnd() {
        self.append(UInt8(ascii: "\r"))
        self.append(UInt8(ascii: "\n"))
    }

    /// The size of `<prefix><value>\r\n`.
    @inlinable
    static func headSize(_ value: Int) -> Int { 3 + Self.digitCount(UInt64(value)) }

    /// The size of a bulk string of `count` bytes with its head and end.
    @inlinable
    static func bulkSize(_ count: Int) -> Int { Self.headSize(count) + count + 2 }

    /// How many decimal digits `value` has.
    @inlinable
    static func digitCount(_ value: UInt64) -> Int {
        var count = 1
        var rest = value
        while rest >= 10 {
            rest /= 10
            count += 1
        }
        return count
    }
}
