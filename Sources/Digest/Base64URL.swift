/// Base64 with the URL-safe alphabet and without padding (RFC 4648, section 5).
public enum Base64URL {
    /// Computed, so that a look-up is one load: a stored property is reached through its one-time initialiser.
    @inlinable
    static var alphabet: StaticString { "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_" }

    /// `bytes` as text: four characters for three bytes, 43 for 32.
    public static func encode(_ bytes: some Collection<UInt8>) -> String {
        let length = (bytes.count * 4 + 2) / 3
        return String(unsafeUninitializedCapacity: length) { output in
            var written = 0
            Self.encode(bytes) { character in
                output[written] = character
                written += 1
            }
            return written
        }
    }

    /// Hands the characters that encode `bytes` to `emit`, one after the other, without allocating.
    @inlinable
    public static func encode(_ bytes: some Collection<UInt8>, _ emit: (UInt8) -> Void) {
        var pending: UInt32 = 0
        var bits: UInt32 = 0
        for byte in bytes {
            pending = pending << 8 | UInt32(byte)
            bits += 8
            while bits >= 6 {
                bits -= 6
                emit(Self.character(for: UInt8(truncatingIfNeeded: pending >> bits & 63)))
            }
        }
        if bits > 0 {
            emit(Self.character(for: UInt8(truncatingIfNeeded: pending << (6 - bits) & 63)))
        }
    }

    /// The character that stands for the lower six bits of `value`.
    @inlinable
    public static func character(for value: UInt8) -> UInt8 {
        Self.alphabet.utf8Start[Int(value & 63)]
    }

    /// The bytes that `text` encodes, or nil when it is not canonical base64url: a character outside the alphabet,
    /// padding, an impossible length, or bits left over that are not zero.
    public static func decode(_ text: some StringProtocol) -> [UInt8]? {
        let direct = text.utf8.withContiguousStorageIfAvailable(Self.decode)
        return direct ?? Array(text.utf8).withUnsafeBufferPointer(Self.decode)
    }

    private static func decode(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count * 3 / 4)
        var pending: UInt32 = 0
        var bits: UInt32 = 0
        for character in text {
            guard let value = Self.value(of: character) else { return nil }
            pending = (pending << 6 | UInt32(value)) & 0xFFFF
            bits += 6
            if bits >= 8 {
                bits -= 8
                bytes.append(UInt8(truncatingIfNeeded: pending >> bits))
            }
        }
        guard bits < 6, pending & ((1 << bits) - 1) == 0 else { return nil }
        return bytes
    }

    private static func value(of character: UInt8) -> UInt8? {
        switch character {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): character - UInt8(ascii: "A")
        case UInt8(ascii: "a")...UInt8(ascii: "z"): character - UInt8(ascii: "a") + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0") + 52
        case UInt8(ascii: "-"): 62
        case UInt8(ascii: "_"): 63
        default: nil
        }
    }
}
