/// A reply in Redis' serialisation protocol, version 2.
public enum RedisValue: Sendable, Hashable {
    /// No value: a null bulk string or a null array.
    case null
    /// A status such as `OK`.
    case simple(String)
    /// A signed 64-bit integer.
    case integer(Int64)
    /// Bytes, as stored.
    case bulk([UInt8])
    /// Several values, in order.
    case array([RedisValue])
    /// An error reply. Seen inside arrays and pipelines only: a single command's error is thrown.
    case error(RedisServerError)
}

extension RedisValue {
    /// True for ``null``.
    public var isNull: Bool {
        if case .null = self { true } else { false }
    }

    /// The bytes of a bulk string, or nil for any other kind.
    public var bytes: [UInt8]? {
        if case .bulk(let bytes) = self { bytes } else { nil }
    }

    /// The text of a status, or of a bulk string that is valid UTF-8.
    public var string: String? {
        switch self {
        case .simple(let text): text
        case .bulk(let bytes): String(validating: bytes, as: UTF8.self)
        case .null, .integer, .array, .error: nil
        }
    }

    /// The value of an integer reply, or nil for any other kind.
    public var integer: Int64? {
        if case .integer(let value) = self { value } else { nil }
    }

    /// The elements of an array reply, or nil for any other kind.
    public var array: [RedisValue]? {
        if case .array(let values) = self { values } else { nil }
    }
}
