/// Lower-case hexadecimal text, the form in which digests are shown.
public enum Hexadecimal {
    /// `bytes` as lower-case hexadecimal digits, two a byte.
    public static func encode(_ bytes: some Collection<UInt8>) -> String {
        // A collection of another module is walked element by element through its conformance, memory is not.
        let direct = bytes.withContiguousStorageIfAvailable(Self.encode(contiguous:))
        return direct ?? Array(bytes).withUnsafeBufferPointer(Self.encode(contiguous:))
    }

    private static func encode(contiguous bytes: UnsafeBufferPointer<UInt8>) -> String {
        String(unsafeUninitializedCapacity: bytes.count * 2) { output in
            var position = 0
            for byte in bytes {
                output[position] = Self.digit(byte >> 4)
                output[position + 1] = Self.digit(byte & 15)
                position += 2
            }
            return position
        }
    }

    /// The bytes that `text` encodes in either case, or nil when it is not an even number of hexadecimal digits.
    public static func decode(_ text: some StringProtocol) -> [UInt8]? {
        let digits = Array(text.utf8)
        guard digits.count.isMultiple(of: 2) else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(digits.count / 2)
        for position in stride(from: 0, to: digits.count, by: 2) {
            guard let high = Self.value(of: digits[position]), let low = Self.value(of: digits[position + 1]) else {
                return nil
            }
            bytes.append(high << 4 | low)
        }
        return bytes
    }

    private static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }

    private static func value(of character: UInt8) -> UInt8? {
        switch character {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): character - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): character - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
