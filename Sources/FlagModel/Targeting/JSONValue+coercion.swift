/// JavaScript's conversions, as far as JSONLogic's published tests pin them down.
extension JSONValue {
    var isNull: Bool {
        if case .null = self { true } else { false }
    }

    /// JSONLogic's truth: false, null, 0, "" and [] are false, everything else is true.
    var isTruthy: Bool {
        switch self {
        case .null: false
        case .bool(let value): value
        case .integer(let value): value != 0
        case .number(let value): value != 0 && !value.isNaN
        case .string(let value): !value.isEmpty
        case .array(let elements): !elements.isEmpty
        case .object: true
        }
    }

    /// The number that arithmetic and `<` see, or nil where JavaScript has NaN.
    func coercedNumber(_ budget: inout Budget) throws(Budget.Exhausted) -> Double? {
        switch self {
        case .null: return 0
        case .bool(let value): return value ? 1 : 0
        case .integer(let value): return Double(value)
        case .number(let value): return value.isNaN ? nil : value
        case .string, .array:
            let text = try self.coercedString(&budget)
            try budget.spend(bytes: text.utf8.count)
            return Self.number(spelledBy: text)
        case .object: return nil
        }
    }

    private static func number(spelledBy text: String) -> Double? {
        let trimmed = text.trimmingWhiteSpace()
        if trimmed.isEmpty { return 0 }
        // Double(_:) also reads hexadecimal floats, "inf" and "nan", which are no numbers in JavaScript.
        guard trimmed.utf8.allSatisfy({ Self.isNumeric($0) }) else { return nil }
        return Double(trimmed)
    }

    private static func isNumeric(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."),
            UInt8(ascii: "e"), UInt8(ascii: "E"):
            true
        default: false
        }
    }

    /// The text that `cat`, `substr` and `in` see.
    func coercedString(_ budget: inout Budget) throws(Budget.Exhausted) -> String {
        if case .array = self { try budget.spend(walking: self) }
        if case .string(let text) = self { try budget.spend(bytes: text.utf8.count) }
        return self.coercedString
    }

    private var coercedString: String {
        switch self {
        case .null: "null"
        case .string(let text): text
        case .array(let elements):
            elements.map { $0.isNull ? "" : $0.coercedString }.joined(separator: ",")
        case .object: "[object Object]"
        case .number(let value) where !value.isFinite: value.isNaN ? "NaN" : value < 0 ? "-Infinity" : "Infinity"
        default: self.canonical
        }
    }

    /// A number as JSON: an integer where it is whole and exact, null where it is not finite.
    static func normalized(_ number: Double) -> JSONValue {
        guard number.isFinite else { return .null }
        if let integer = Int64(exactly: number), integer.magnitude <= FlagType.largestExactInteger {
            return .integer(integer)
        }
        return .number(number)
    }

    /// A number as the result of an operation: one that is not finite stays, as what is compared with it tells.
    static func result(_ number: Double) -> JSONValue {
        number.isFinite ? .normalized(number) : .number(number)
    }

    /// JavaScript's `===`: same kind and same value; arrays and objects are never identical.
    func isIdentical(to other: JSONValue, _ budget: inout Budget) throws(Budget.Exhausted) -> Bool {
        switch (self, other) {
        case (.array, _), (.object, _): return false
        case (.integer, .number), (.number, .integer): return self.doubleValue == other.doubleValue
        case (.string(let left), .string(let right)):
            // Texts of different lengths are told apart by them.
            guard left.utf8.count == right.utf8.count else { return false }
            try budget.spend(bytes: left.utf8.count)
            return left.isSame(as: right)
        default: return self == other
        }
    }

    /// JavaScript's `==`.
    func isLooselyEqual(to other: JSONValue, _ budget: inout Budget) throws(Budget.Exhausted) -> Bool {
        switch (self, other) {
        case (.null, .null): return true
        case (.null, _), (_, .null): return false
        case (.string, .string): return try self.isIdentical(to: other, &budget)
        case (.array, .array), (.object, .object), (.array, .object), (.object, .array): return false
        case (.array, .string), (.object, .string), (.string, .array), (.string, .object):
            return try self.coercedString(&budget).isSame(as: other.coercedString(&budget))
        default:
            guard let left = try self.coercedNumber(&budget), let right = try other.coercedNumber(&budget) else {
                return false
            }
            return left == right
        }
    }

    /// JavaScript's `<`; false where the two cannot be compared.
    func isLess(than other: JSONValue, orEqual: Bool, _ budget: inout Budget) throws(Budget.Exhausted) -> Bool {
        switch (self, other) {
        case (.string, .string), (.string, .array), (.string, .object), (.array, .string), (.array, .array),
            (.array, .object), (.object, .string), (.object, .array), (.object, .object):
            let left = try self.coercedString(&budget)
            let right = try other.coercedString(&budget)
            try budget.spend(elements: min(left.utf8.count, right.utf8.count))
            return left.utf16.lexicographicallyPrecedes(right.utf16) || (orEqual && left.isSame(as: right))
        default:
            guard let left = try self.coercedNumber(&budget), let right = try other.coercedNumber(&budget) else {
                return false
            }
            return left < right || (orEqual && left == right)
        }
    }
}

extension JSONValue {
    /// Whether a byte is ASCII white space.
    static func isWhiteSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
}

extension String {
    /// The text without ASCII white space at its ends.
    fileprivate func trimmingWhiteSpace() -> Substring {
        let utf8 = self.utf8.drop(while: JSONValue.isWhiteSpace)
        guard let last = utf8.lastIndex(where: { !JSONValue.isWhiteSpace($0) }) else { return "" }
        return Substring(utf8[...last])
    }
}
