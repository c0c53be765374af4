/// Something that can stand in a command: text (as UTF-8), bytes, or an integer (in decimal).
public protocol RedisArgument {
    /// How many bytes ``write(to:)`` appends.
    var redisByteCount: Int { get }
    /// Appends exactly ``redisByteCount`` bytes.
    func write(to writer: inout RedisArgumentWriter)
}

extension String: RedisArgument {
    /// The number of UTF-8 code units.
    @inlinable public var redisByteCount: Int { self.utf8.count }

    /// Appends the text as UTF-8.
    @inlinable public func write(to writer: inout RedisArgumentWriter) {
        let written: Void? = self.utf8.withContiguousStorageIfAvailable { writer.append(UnsafeRawBufferPointer($0)) }
        if written == nil { Array(self.utf8).write(to: &writer) }
    }
}

extension Substring: RedisArgument {
    /// The number of UTF-8 code units.
    @inlinable public var redisByteCount: Int { self.utf8.count }

    /// Appends the text as UTF-8.
    @inlinable public func write(to writer: inout RedisArgumentWriter) {
        String(self).write(to: &writer)
    }
}

extension StaticString: RedisArgument {
    /// The number of UTF-8 code units.
    @inlinable public var redisByteCount: Int { self.utf8CodeUnitCount }

    /// Appends the literal as UTF-8.
    @inlinable public func write(to writer: inout RedisArgumentWriter) {
        self.withUTF8Buffer { writer.append(UnsafeRawBufferPointer($0)) }
    }
}

extension [UInt8]: RedisArgument {
    /// The number of bytes.
    @inlinable public var redisByteCount: Int { self.count }

    /// Appends the bytes as they are.
    @inlinable public func write(to writer: inout RedisArgumentWriter) {
        self.withUnsafeBytes { writer.append($0) }
    }
}

extension ArraySlice<UInt8>: RedisArgument {
    /// The number of bytes.
    @inlinable public var redisByteCount: Int { self.count }

    /// Appends the bytes as they are.
    @inlinable public func write(to writer: inout RedisArgumentWriter) {
        self.withUnsafeBytes { writer.append($0) }
    }
}

extension Int: RedisArgument {
    /// The number of decimal digits, with the sign.
    @inlinable public var redisByteCount: Int { Int64(self).redisByteCount }

    /// Appends the number in decimal.
    @inlinable public func write(to writer: inout RedisArgumentWriter) { Int64(self).write(to: &writer) }
}

extension Int64: RedisArgument {
    /// The number of decimal digits, with the sign.
    @inlinable public var redisByteCount: Int {
        RedisArgumentWriter.digitCount(self.magnitude) + (self < 0 ? 1 : 0)
    }

    /// Appends the number in decimal.
    @inlinable public func write(to writer: inout RedisArgumentWriter) {
        if self < 0 { writer.append(UInt8(ascii: "-")) }
        writer.append(decimal: self.magnitude)
    }
}

extension UInt64: RedisArgument {
    /// The number of decimal digits.
    @inlinable public var redisByteCount: Int { RedisArgumentWriter.digitCount(self) }

    /// Appends the number in decimal.
    @inlinable public func write(to writer: inout RedisArgumentWriter) { writer.append(decimal: self) }
}
