/// What a rule may give, as far as it can be told without a context.
struct FlagdResult: OptionSet {
    let rawValue: UInt8

    /// A text that is not empty.
    static let text = Self(rawValue: 1)
    static let emptyText = Self(rawValue: 2)
    static let null = Self(rawValue: 4)
    static let boolean = Self(rawValue: 8)
    static let number = Self(rawValue: 16)
    /// An array or an object.
    static let structure = Self(rawValue: 32)
    static let anything: Self = [.text, .emptyText, .null, .boolean, .number, .structure]

    /// Whether `or` may pass over a result that is an answer all the same.
    var hidesFromOr: Bool { !self.isSubset(of: [.text, .null]) }
}

extension FlagdSegments {
    /// What `rule` may give.
    func result(of rule: JSONValue) -> FlagdResult {
        switch rule {
        case .null: return .null
        case .bool: return .boolean
        case .integer, .number: return .number
        case .string(let text): return text.isEmpty ? .emptyText : .text
        case .array: return .structure
        case .object(let members):
            guard let (name, argument) = members.first else { return .structure }
            if name == "$ref" { return argument.stringValue.flatMap { self[$0] }.map(self.result) ?? .anything }
            guard let operation = Operation(rawValue: name) else { return .anything }
            return self.result(of: operation, argument.arrayValue ?? [argument])
        }
    }

    private func result(of operation: Operation, _ arguments: [JSONValue]) -> FlagdResult {
        switch operation {
        case .condition, .ternary:
            var result: FlagdResult = arguments.count.isMultiple(of: 2) ? .null : []
            for (position, argument) in arguments.enumerated()
            where !position.isMultiple(of: 2) || position == arguments.count - 1 {
                result.formUnion(self.result(of: argument))
            }
            return result
        case .and: return arguments.reduce(.null) { $0.union(self.result(of: $1)) }
        case .or:
            // An empty text or null is given only when it comes last.
            let before = arguments.dropLast().reduce([] as FlagdResult) { $0.union(self.result(of: $1)) }
            return before.subtracting([.emptyText, .null]).union(arguments.last.map(self.result) ?? .null)
        case .equal, .strictlyEqual, .notEqual, .strictlyNotEqual, .not, .truth, .greater, .greaterOrEqual, .less,
            .lessOrEqual, .all, .none, .some, .contains:
            return .boolean
        case .semanticVersion, .startsWith, .endsWith: return [.boolean, .null]
        case .maximum, .minimum, .add, .subtract, .multiply, .divide, .remainder: return [.number, .null]
        case .map, .filter, .merge, .missing, .missingSome: return .structure
        case .concatenate, .substring: return [.text, .emptyText]
        case .fractional:
            return arguments.reduce(.null) { result, share in
                result.union((share.arrayValue?.first).map(self.result) ?? [])
            }
        case .log: return arguments.first.map(self.result) ?? .null
        case .variable, .reduce: return .anything
        }
    }
}
