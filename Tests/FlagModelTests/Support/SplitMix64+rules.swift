@testable import FlagModel

extension SplitMix64 {
    /// A random rule: mostly well-formed operations, their arguments of all kinds and numbers.
    mutating func rule(depth: Int) -> JSONValue {
        if depth == 0 || self.chance(15) { return self.leaf() }
        let operation = self.pick(Operation.allCases)
        let arguments = (0..<Int.random(in: 0...4, using: &self)).map { _ in self.rule(depth: depth - 1) }
        if arguments.count == 1, self.chance(30), arguments[0].arrayValue == nil {
            return [operation.rawValue: arguments[0]]
        }
        return [operation.rawValue: .array(arguments)]
    }

    private mutating func leaf() -> JSONValue {
        switch Int.random(in: 0..<8, using: &self) {
        case 0, 1, 2:
            ["var": .string(self.pick(["a", "b", "list", "list.0", "", "current", "accumulator", "text", "deep.x.y"]))]
        case 3: .array((0..<Int.random(in: 0...3, using: &self)).map { _ in self.leaf() })
        case 4: .string(self.pick(["", "a", "1.2.3", "<", "list", "on"]))
        case 5: .integer(Int64.random(in: -3...5, using: &self))
        case 6: self.pick([nil, true, false])
        default: self.pick([.integer(.max), .integer(.min), .number(1e308), .number(-0.5)])
        }
    }

    /// A context for such rules.
    mutating func ruleData() -> JSONValue {
        [
            "a": self.json(depth: 1), "b": self.json(depth: 2), "text": .string(self.text()),
            "list": .array((0..<Int.random(in: 0...12, using: &self)).map { _ in self.json(depth: 1) }),
            "deep": ["x": ["y": self.json(depth: 0)]],
        ]
    }
}

extension JSONValue {
    /// The rule with each constant scalar argument moved into `constants` and read from there.
    ///
    /// Names of variables and what stands inside `map` and its kin, where another scope holds, stay as they are.
    func liftingConstants(into constants: inout [String: JSONValue]) -> JSONValue {
        switch self {
        case .array(let elements):
            return .array(elements.map { $0.liftingConstants(into: &constants) })
        case .object(let members):
            guard let (name, argument) = members.first else { return self }
            if ["var", "missing", "missing_some", "map", "filter", "reduce", "all", "none", "some"].contains(name) {
                return self
            }
            let arguments = argument.arrayValue ?? [argument]
            return [name: .array(arguments.map { $0.liftingConstants(into: &constants) })]
        case .null: return self
        default:
            let name = "constant-\(constants.count)"
            constants[name] = self
            return ["var": .string(name)]
        }
    }
}
