internal import FoundationEssentials

/// Encodes wire types as JSON: members sorted, slashes unescaped, on one line.
public enum WireEncoder {
    /// The JSON text of `value`.
    ///
    /// - Throws: `EncodingError` when a number is not finite; nothing else in the wire types can fail.
    public static func encode(_ value: some Encodable) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(value))
    }
}
