/// A version as flagd's `sem_ver` reads it: semver.org 2.0.0, with a leading `v` and missing parts allowed.
struct SemanticVersion {
    var numbers: [UInt64]
    var preRelease: [String]

    init?(_ value: JSONValue) {
        switch value {
        case .string(let text): self.init(text)
        case .integer, .number: self.init(value.canonical)
        default: return nil
        }
    }

    init?(_ text: String) {
        var text = text[...]
        if let first = text.first, first == "v" || first == "V" { text.removeFirst() }
        let build = text.split(separator: "+", maxSplits: 1, omittingEmptySubsequences: false)
        if build.count > 1,
            !build[1].split(separator: ".", omittingEmptySubsequences: false).allSatisfy(Self.isIdentifier)
        {
            return nil
        }
        let parts = build[0].split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        let numbers = parts[0].split(separator: ".", omittingEmptySubsequences: false)
        guard (1...3).contains(numbers.count) else { return nil }
        self.numbers = []
        for number in numbers {
            guard Self.isNumeric(number), !Self.hasLeadingZero(number), let parsed = UInt64(number) else { return nil }
            self.numbers.append(parsed)
        }
        while self.numbers.count < 3 { self.numbers.append(0) }
        self.preRelease = []
        if parts.count > 1 {
            let identifiers = parts[1].split(separator: ".", omittingEmptySubsequences: false)
            guard
                identifiers.allSatisfy({
                    Self.isIdentifier($0) && !(Self.isNumeric($0) && Self.hasLeadingZero($0))
                })
            else { return nil }
            self.preRelease = identifiers.map(String.init)
        }
    }

    /// The result of `{"sem_ver": [left, operator, right]}`: null for anything that is not a comparison of versions.
    static func compare(_ values: [JSONValue]) -> JSONValue {
        guard values.count == 3, let left = Self(values[0]), case .string(let comparison) = values[1],
            let right = Self(values[2])
        else { return .null }
        let order = left.order(against: right)
        switch comparison {
        case "=": return .bool(order == 0)
        case "!=": return .bool(order != 0)
        case "<": return .bool(order < 0)
        case "<=": return .bool(order <= 0)
        case ">": return .bool(order > 0)
        case ">=": return .bool(order >= 0)
        case "^": return .bool(left.numbers[0] == right.numbers[0])
        case "~": return .bool(left.numbers[0...1] == right.numbers[0...1])
        default: return .null
        }
    }

    /// Negative, zero or positive as this version comes before, with or after `other` (semver.org, point 11).
    private func order(against other: Self) -> Int {
        for (left, right) in zip(self.numbers, other.numbers) where left != right { return left < right ? -1 : 1 }
        if self.preRelease.isEmpty || other.preRelease.isEmpty {
            return self.preRelease.count == other.preRelease.count ? 0 : self.preRelease.isEmpty ? 1 : -1
        }
        for (left, right) in zip(self.preRelease, other.preRelease) where left != right {
            let precedes = left.utf8.lexicographicallyPrecedes(right.utf8)
            switch (Self.isNumeric(left), Self.isNumeric(right)) {
            // Of two numbers without leading zeros the longer is the greater, however long they are.
            case (true, true):
                let isLess = left.utf8.count == right.utf8.count ? precedes : left.utf8.count < right.utf8.count
                return isLess ? -1 : 1
            case (true, false): return -1
            case (false, true): return 1
            case (false, false): return precedes ? -1 : 1
            }
        }
        return self.preRelease.count - other.preRelease.count
    }

    private static func isNumeric(_ text: some StringProtocol) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }

    private static func hasLeadingZero(_ digits: some StringProtocol) -> Bool {
        digits.utf8.count > 1 && digits.utf8.first == UInt8(ascii: "0")
    }

    private static func isIdentifier(_ text: Substring) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                    UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }
}
