/// JavaScript's conversions, as far as JSONLogic's published tests pin them down.
extension JSONValue {
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
    var coercedNumber: Double? {
        switch self {
        case .null: 0
        case .bool(let value): value ? 1 : 0
        case .integer(let value): Double(value)
        case .number(let value): value
        case .string(let text): Self.number(spelledBy: text)
        case .array(let elements):
            elements.isEmpty ? 0 : elements.count == 1 ? elements[0].coercedNumber : nil
        case .object: nil
        }
    }

    private static func number(spelledBy text: String) -> Double? {
        let trimmed = text.trimmingWhiteSpace()
        if trimmed.isEmpty { return 0 }
        // Double(_:) also reads hexadecimal floats, "inf" and "nan", which are no numbers in JavaScript.
        guard trimmed.utf8.allSatisfy({ "0123456789+-.eE".utf8.contains($0) }) else { return nil }
        return Double(trimmed)
    }

    /// The text that `cat`, `substr` and `in` see.
    var coercedString: String {
        switch self {
        case .null: "null"
        case .string(let text): text
        case .array(let elements):
            elements.map { $0 == .null ? "" : $0.coercedString }.joined(separator: ",")
        case .object: "[object Object]"
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

    /// JavaScript's `===`: same kind and same value; arrays and objects are never identical.
    func isIdentical(to other: JSONValue) -> Bool {
        switch (self, other) {
        case (.array, _), (.object, _): false
        case (.integer, .number), (.number, .integer): self.doubleValue == other.doubleValue
        default: self == other
        }
    }

    /// JavaScript's `==`.
    func isLooselyEqual(to other: JSONValue) -> Bool {
        switch (self, other) {
        case (.null, .null): return true
        case (.null, _), (_, .null): return false
        case (.string(let left), .string(let right)): return left == right
        case (.array, .array), (.object, .object), (.array, .object), (.object, .array): return false
        case (.array, .string(let text)): return self.coercedString == text
        case (.string(let text), .array): return other.coercedString == text
        case (.object, .string(let text)): return self.coercedString == text
        case (.string(let text), .object): return other.coercedString == text
        default:
            guard let left = self.coercedNumber, let right = other.coercedNumber else { return false }
            return left == right
        }
    }

    /// JavaScript's `<`; false where the two cannot be compared.
    func isLess(than other: JSONValue, orEqual: Bool) -> Bool {
        if case .string(let left) = self, case .string(let right) = other {
            return left.utf16.lexicographicallyPrecedes(right.utf16) || (orEqual && left == right)
        }
        guard let left = self.coercedNumber, let right = other.coercedNumber else { return false }
        return left < right || (orEqual && left == right)
    }
}

extension String {
    /// The text without ASCII white space at its ends.
    func trimmingWhiteSpace() -> Substring {
        let isSpace: (Character) -> Bool = { $0 == " " || $0 == "\t" || $0 == "\n" || $0 == "\r" || $0 == "\r\n" }
        var text = self[...]
        while let first = text.first, isSpace(first) { text.removeFirst() }
        while let last = text.last, isSpace(last) { text.removeLast() }
        return text
    }
}
