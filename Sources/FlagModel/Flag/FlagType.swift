/// The type of a flag's values. Every variant of a flag has it.
public enum FlagType: String, Sendable, Hashable, CaseIterable, Codable {
    /// `true` or `false`.
    case boolean
    /// A text.
    case string
    /// A whole number between -(2^53 - 1) and 2^53 - 1, which every JSON reader keeps exact.
    case integer
    /// A finite double.
    case number
    /// A JSON object or array.
    case object

    /// The largest magnitude of an integer that a reader with doubles only (JavaScript) keeps exact.
    public static let largestExactInteger: Int64 = (1 << 53) - 1

    /// `value` in this type's own representation, or nil when it is not of this type.
    ///
    /// `30.0` is an integer flag's 30, and `30` a number flag's 30.0: JSON does not tell them apart.
    public func normalize(_ value: JSONValue) -> JSONValue? {
        switch self {
        case .boolean: value.boolValue.map(JSONValue.bool)
        case .string: value.stringValue.map(JSONValue.string)
        case .integer:
            value.integerValue.flatMap { $0.magnitude <= Self.largestExactInteger ? .integer($0) : nil }
        case .number: value.doubleValue.map(JSONValue.number)
        case .object:
            switch value {
            case .object, .array: value
            default: nil
            }
        }
    }

    /// What is wrong with a value that ``normalize(_:)`` refuses, in words that can stand after its path.
    func mismatch(of value: JSONValue) -> String {
        if self == .integer, let number = value.doubleValue, number == number.rounded() {
            return "\(value.canonical.shortened()) is beyond \(Self.largestExactInteger) either way, "
                + "where readers of JSON no longer agree on a number"
        }
        return "expected \(self.phrase), found \(value.kind) (\(value.canonical.shortened()))"
    }

    /// What a value of this type is called in a message: `an integer`.
    public var phrase: String {
        switch self {
        case .boolean: "a boolean"
        case .string: "a string"
        case .integer: "an integer"
        case .number: "a number"
        case .object: "an object or an array"
        }
    }
}
