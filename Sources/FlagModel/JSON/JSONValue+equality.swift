extension JSONValue: Hashable {
    /// Whether two values have the same canonical text.
    public static func == (left: Self, right: Self) -> Bool {
        switch (left, right) {
        case (.null, .null): true
        case (.bool(let left), .bool(let right)): left == right
        case (.integer(let left), .integer(let right)): left == right
        case (.number(let left), .number(let right)): left == right
        case (.integer(let integer), .number(let number)), (.number(let number), .integer(let integer)):
            Self.areSame(integer, number)
        case (.string(let left), .string(let right)): left.isSame(as: right)
        case (.array(let left), .array(let right)): left == right
        case (.object(let left), .object(let right)): Self.areSame(left, right)
        default: false
        }
    }

    /// Hashes what ``==(_:_:)`` compares.
    public func hash(into hasher: inout Hasher) {
        switch self {
        case .null: hasher.combine(0)
        case .bool(let value): hasher.combine(value)
        case .integer(let value): hasher.combine(Double(value))
        case .number(let value): hasher.combine(value)
        case .string(let value): hasher.combine(value)
        case .array(let elements): hasher.combine(elements)
        case .object(let members): hasher.combine(members)
        }
    }

    private static func areSame(_ integer: Int64, _ number: Double) -> Bool {
        guard Double(integer) == number else { return false }
        // Up to 2^53 that settles it; beyond, one double stands for several integers and is spelt like one of them.
        return integer.magnitude <= FlagType.largestExactInteger.magnitude
            || JSONWriter.spell(number) == String(integer)
    }

    private static func areSame(_ left: [String: JSONValue], _ right: [String: JSONValue]) -> Bool {
        guard left.count == right.count else { return false }
        return left.allSatisfy { name, value in
            guard let index = right.index(forKey: name) else { return false }
            return name.isSame(as: right[index].key) && value == right[index].value
        }
    }
}
