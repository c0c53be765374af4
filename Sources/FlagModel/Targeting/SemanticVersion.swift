/// A version as flagd's `sem_ver` reads it (semver.org 2.0.0, with a leading `v` and missing parts allowed).
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
        var text = text.trimmingWhiteSpace()
        if let first = text.first, first == "v" || first == "V" { text.removeFirst() }
        let withoutBuild = text.split(separator: "+", maxSplits: 1, omittingEmptySubsequences: false)[0]
        let parts = withoutBuild.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        let numbers = parts[0].split(separator: ".", omittingEmptySubsequences: false)
        guard (1...3).contains(numbers.count) else { return nil }
        self.numbers = []
        for number in numbers {
            guard number.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
                let parsed = UInt64(number)
            else { return nil }
            self.numbers.append(parsed)
        }
        while self.numbers.count < 3 { self.numbers.append(0) }
        self.preRelease = []
        if parts.count > 1 {
            let identifiers = parts[1].split(separator: ".", omittingEmptySubsequences: false)
            guard identifiers.allSatisfy({ !$0.isEmpty }) else { return nil }
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
            switch (UInt64(left), UInt64(right)) {
            case (let left?, let right?) where left != right: return left < right ? -1 : 1
            case (_?, nil): return -1
            case (nil, _?): return 1
            default: return left.utf8.lexicographicallyPrecedes(right.utf8) ? -1 : 1
            }
        }
        return self.preRelease.count - other.preRelease.count
    }
}
