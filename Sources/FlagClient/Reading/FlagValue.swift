public import FlagModel

/// A type that flags can be read as.
public protocol FlagValue: Sendable, Equatable {
    /// Whether a flag of that type can be read as this one.
    static func canRead(_ type: FlagType) -> Bool
    /// The value of a flag of such a type; nil when it is not one of this type after all.
    init?(flagValue: JSONValue)
}

extension Bool: FlagValue {
    /// Boolean flags.
    public static func canRead(_ type: FlagType) -> Bool { type == .boolean }
    /// The boolean.
    public init?(flagValue: JSONValue) {
        guard let value = flagValue.boolValue else { return nil }
        self = value
    }
}

extension String: FlagValue {
    /// String flags.
    public static func canRead(_ type: FlagType) -> Bool { type == .string }
    /// The text.
    public init?(flagValue: JSONValue) {
        guard let value = flagValue.stringValue else { return nil }
        self = value
    }
}

extension Int: FlagValue {
    /// Integer flags.
    public static func canRead(_ type: FlagType) -> Bool { type == .integer }
    /// The integer.
    public init?(flagValue: JSONValue) {
        guard let value = flagValue.integerValue else { return nil }
        self.init(exactly: value)
    }
}

extension Double: FlagValue {
    /// Number flags; integer flags as well, as every integer that a flag may have is a double without loss.
    public static func canRead(_ type: FlagType) -> Bool { type == .number || type == .integer }
    /// The number.
    public init?(flagValue: JSONValue) {
        guard let value = flagValue.doubleValue else { return nil }
        self = value
    }
}

extension JSONValue: FlagValue {
    /// Object flags, whose values are objects or arrays.
    public static func canRead(_ type: FlagType) -> Bool { type == .object }
    /// The value as it is.
    public init?(flagValue: JSONValue) {
        self = flagValue
    }
}
