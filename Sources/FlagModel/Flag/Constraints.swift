/// Bounds that every variant of a flag keeps. What is not given is not bounded.
public struct Constraints: Sendable, Hashable {
    /// The smallest number allowed.
    public var minimum: Double?
    /// The largest number allowed.
    public var maximum: Double?
    /// The greatest length of a string, in Unicode scalars.
    public var maximumLength: Int?

    /// No bounds but those given.
    public init(minimum: Double? = nil, maximum: Double? = nil, maximumLength: Int? = nil) {
        self.minimum = minimum
        self.maximum = maximum
        self.maximumLength = maximumLength
    }

    /// Whether nothing is bounded.
    public var isEmpty: Bool { self == Self() }

    /// What is wrong with `value`, in words that can stand after its path, or nil when it is within the bounds.
    public func violation(by value: JSONValue) -> String? {
        if let number = value.doubleValue {
            if let minimum = self.minimum, number < minimum {
                return "\(value.canonical) is below the minimum of \(JSONValue.number(minimum).canonical)"
            }
            if let maximum = self.maximum, number > maximum {
                return "\(value.canonical) is above the maximum of \(JSONValue.number(maximum).canonical)"
            }
        }
        if let string = value.stringValue, let maximumLength, string.unicodeScalars.count > maximumLength {
            return "has \(string.unicodeScalars.count) characters; at most \(maximumLength) are allowed"
        }
        return nil
    }
}
