import FlagModel

extension SplitMix64 {
    /// Any JSON value, at most `depth` levels deep.
    mutating func json(depth: Int = 4) -> JSONValue {
        switch Int.random(in: 0..<(depth > 0 ? 9 : 7), using: &self) {
        case 0: .null
        case 1: .bool(Bool.random(using: &self))
        case 2: .integer(Int64.random(in: -50...50, using: &self))
        case 3: .integer(Int64(bitPattern: self.next()))
        case 4: .number(self.finiteDouble())
        case 5, 6: .string(self.text())
        case 7: .array((0..<Int.random(in: 0...4, using: &self)).map { _ in self.json(depth: depth - 1) })
        default: .object(self.members(depth: depth - 1))
        }
    }

    /// An object's members.
    mutating func members(depth: Int) -> [String: JSONValue] {
        var members: [String: JSONValue] = [:]
        for _ in 0..<Int.random(in: 0...4, using: &self) { members[self.text()] = self.json(depth: depth) }
        return members
    }

    /// A short text of all kinds of characters: quotes, controls, accents (composed and not), beyond the basic plane.
    mutating func text() -> String {
        let scalars: [Unicode.Scalar] = [
            "a", "b", "Z", "0", "9", ".", "_", "-", " ", "\"", "\\", "/", "\n", "\t", "\u{0}", "\u{1F}", "\u{7F}", "é",
            "\u{301}", "\u{2028}", "€", "\u{E000}", "\u{FFFD}", "😀", "\u{10FFFF}",
        ]
        var text = ""
        for _ in 0..<Int.random(in: 0...6, using: &self) { text.unicodeScalars.append(self.pick(scalars)) }
        return text
    }

    /// Any finite double, from all over the range.
    mutating func finiteDouble() -> Double {
        if self.chance(30) { return Double(Int64.random(in: -1_000_000...1_000_000, using: &self)) / 1000 }
        while true {
            let value = Double(bitPattern: self.next())
            if value.isFinite { return value }
        }
    }
}
