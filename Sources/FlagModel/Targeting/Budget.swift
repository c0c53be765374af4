/// How much work one evaluation may still do. A rule that maps over what it maps over could otherwise take for ever on
/// a context that somebody else sends, and one that joins what it has joined could fill the memory.
///
/// An operation costs 1, eight elements that are copied or searched cost 1, and so do 64 bytes of text. A result that
/// was not worked out in full would be a wrong one, so that running out is an error.
struct Budget {
    /// The budget is used up.
    struct Exhausted: Error, CustomStringConvertible {
        /// What the budget was.
        let operations: Int

        var description: String {
            "the rule needs more than \(self.operations) operations on this context; make it simpler, or the context smaller"
        }
    }

    /// What one evaluation may cost: a few milliseconds.
    static let operations = 100_000
    /// How deeply the intermediate results of a `reduce` may be nested.
    static let maximumDepth = 128

    private var left = Self.operations

    /// Takes `cost` off.
    mutating func spend(_ cost: Int = 1) throws(Exhausted) {
        self.left -= cost
        guard self.left >= 0 else { throw Exhausted(operations: Self.operations) }
    }

    /// Takes off what copying or searching so many elements costs.
    mutating func spend(elements count: Int) throws(Exhausted) {
        if count >= 8 { try self.spend(count / 8) }
    }

    /// Takes off what reading or writing so many bytes of text costs.
    mutating func spend(bytes count: Int) throws(Exhausted) {
        if count >= 64 { try self.spend(count / 64) }
    }

    /// Takes off what walking through all of `value` costs.
    ///
    /// A value may share its parts and be far larger spelt out than it is in memory, so that what is about to be walked
    /// through, and what a loop builds up, is measured first.
    mutating func spend(walking value: JSONValue, depth: Int = 0) throws(Exhausted) {
        switch value {
        case .null, .bool, .integer, .number: return
        case .string(let text): try self.spend(bytes: text.utf8.count)
        case .array(let elements):
            try self.descend(depth)
            try self.spend(elements: elements.count)
            for element in elements { try self.spend(walking: element, depth: depth + 1) }
        case .object(let members):
            try self.descend(depth)
            try self.spend(elements: members.count)
            for member in members.values { try self.spend(walking: member, depth: depth + 1) }
        }
    }

    private mutating func descend(_ depth: Int) throws(Exhausted) {
        guard depth < Self.maximumDepth else { throw Exhausted(operations: Self.operations) }
        try self.spend()
    }
}
