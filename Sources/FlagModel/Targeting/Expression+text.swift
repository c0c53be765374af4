// The operations on texts, and `in`, which searches texts and arrays.

extension Expression {
    static func concatenate(_ values: [JSONValue], _ budget: inout Budget) throws(Budget.Exhausted) -> JSONValue {
        var text = ""
        for value in values { text += try value.coercedString(&budget) }
        return .string(text)
    }

    static func contains(
        _ needle: JSONValue, in haystack: JSONValue, _ budget: inout Budget
    ) throws(Budget.Exhausted) -> Bool {
        switch haystack {
        case .string(let text):
            let needle = try needle.coercedString(&budget)
            try budget.spend(bytes: text.utf8.count + needle.utf8.count)
            return Self.isFound(Array(needle.utf8), in: text.utf8)
        case .array(let elements):
            try budget.spend(elements: elements.count)
            for element in elements where try element.isIdentical(to: needle, &budget) { return true }
            return false
        default: return false
        }
    }

    /// Whether `needle` is part of `text`, in time proportional to the two lengths, whatever is in them
    /// (Knuth, Morris, Pratt 1977).
    private static func isFound(_ needle: [UInt8], in text: String.UTF8View) -> Bool {
        guard !needle.isEmpty else { return true }
        guard needle.count <= text.count else { return false }
        // For each prefix of the needle, the length of the longest shorter prefix that ends it.
        var borders = [Int](repeating: 0, count: needle.count)
        var length = 0
        for position in needle.indices.dropFirst() {
            while length > 0, needle[position] != needle[length] { length = borders[length - 1] }
            if needle[position] == needle[length] { length += 1 }
            borders[position] = length
        }
        var matched = 0
        for byte in text {
            while matched > 0, byte != needle[matched] { matched = borders[matched - 1] }
            if byte == needle[matched] { matched += 1 }
            if matched == needle.count { return true }
        }
        return false
    }

    /// `substr`: positions count Unicode scalars; a negative start counts from the end, a negative length leaves so many
    /// at the end out.
    static func substring(_ values: [JSONValue], _ budget: inout Budget) throws(Budget.Exhausted) -> JSONValue {
        let text = try (values.first ?? .null).coercedString(&budget)
        try budget.spend(bytes: text.utf8.count)
        let scalars = text.unicodeScalars
        let count = scalars.count
        let start = values.count > 1 ? Self.position(try values[1].coercedNumber(&budget)) : 0
        let from = start < 0 ? max(0, count + start) : min(start, count)
        var end = count
        if values.count > 2, !values[2].isNull {
            let length = Self.position(try values[2].coercedNumber(&budget))
            end = length < 0 ? count + length : min(count, from + length)
        }
        guard from < end else { return "" }
        return .string(String(scalars.dropFirst(from).prefix(end - from)))
    }

    /// A number as a position, cut off far beyond any text's length so that sums of two cannot overflow.
    private static func position(_ number: Double?) -> Int {
        Int(max(-1_000_000_000, min(1_000_000_000, (number ?? 0).rounded(.towardZero))))
    }

    static func compareTexts(
        _ values: [JSONValue], _ budget: inout Budget, _ test: (String, String) -> Bool
    ) throws(Budget.Exhausted) -> JSONValue {
        guard values.count == 2, case .string(let left) = values[0], case .string(let right) = values[1] else {
            return .null
        }
        try budget.spend(bytes: min(left.utf8.count, right.utf8.count))
        return .bool(test(left, right))
    }
}
