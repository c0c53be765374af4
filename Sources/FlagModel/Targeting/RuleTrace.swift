/// The way that one evaluation takes through a rule: which conditions were looked at, what they read, what came of them.
struct RuleTrace {
    /// How many findings are told.
    static let maximumCount = 40
    /// How long each may be, in Unicode scalars.
    static let maximumLength = 200

    /// The findings, in the order in which they were made.
    private(set) var findings: [String] = []

    private let scope: Scope
    /// Working out the findings costs again what the evaluation cost; when that is used up, the rest is not told.
    private var budget = Budget()

    /// Follows `rule` in `scope`.
    init(of rule: Expression, in scope: Scope) {
        self.scope = scope
        _ = try? self.follow(rule)
    }

    /// Follows a part that gives a result: the conditions before it, and then itself.
    private mutating func follow(_ rule: Expression) throws(Budget.Exhausted) {
        switch rule {
        case .segment(let name, let inner):
            try self.follow(inner)
            self.tell("segment \(name): \(Self.spell(try inner.evaluate(in: self.scope, &self.budget)))")
        case .operation(let operation, let arguments) where operation == .condition || operation == .ternary:
            var position = 0
            while position + 1 < arguments.count {
                if try self.decide(arguments[position]) { return try self.follow(arguments[position + 1]) }
                position += 2
            }
            if position < arguments.count { try self.follow(arguments[position]) }
        case .operation(let operation, let arguments) where operation == .or || operation == .and:
            for argument in arguments where try self.decide(argument) == (operation == .or) { return }
        case .operation(let operation, let arguments) where operation == .not || operation == .truth:
            if let argument = arguments.first { _ = try self.decide(argument) }
        case .literal: break
        case .variable(let path, _): self.tell(try self.reading(path))
        case .operation, .list:
            for path in rule.variables.sorted(by: { $0.lexicographicallyPrecedes($1) }) where !path.isEmpty {
                self.tell(try self.reading(path))
            }
            self.tell("\(rule.outline): \(Self.spell(try rule.evaluate(in: self.scope, &self.budget)))")
        }
    }

    /// Follows a part that is asked only whether it is true.
    private mutating func decide(_ rule: Expression) throws(Budget.Exhausted) -> Bool {
        try self.follow(rule)
        return try rule.evaluate(in: self.scope, &self.budget).isTruthy
    }

    private mutating func reading(_ path: [String]) throws(Budget.Exhausted) -> String {
        let value = try self.scope.lookUp(path, &self.budget)
        let name = JSONValue.object(["var": .string(path.joined(separator: "."))]).canonical
        return "\(name) is \(value.map(Self.spell) ?? "not there")"
    }

    private mutating func tell(_ finding: String) {
        let finding = finding.shortened(to: Self.maximumLength - 1)
        // What two conditions in a row read is told once.
        guard self.findings.count < Self.maximumCount, !self.findings.contains(finding) else { return }
        self.findings.append(finding)
    }

    /// A value, cut short before it is spelt: it comes from outside, and may be a megabyte long.
    private static func spell(_ value: JSONValue) -> String {
        switch value {
        case .array(let elements) where elements.count > 10: "an array of \(elements.count)"
        case .object(let members) where members.count > 10: "an object of \(members.count)"
        case .string(let text): JSONValue.string(text.shortened()).canonical
        default: value.canonical.shortened()
        }
    }
}

extension Expression {
    /// The rule in short: its operation, variables and constants, at most three levels deep.
    fileprivate var outline: String { self.outline(depth: 2) }

    private func outline(depth: Int) -> String {
        switch self {
        case .literal(.array(let elements)) where elements.count > 5:
            return "[…\(elements.count) values]"
        case .literal(let value): return value.canonical.shortened(to: 60)
        case .variable(let path, _): return JSONValue.object(["var": .string(path.joined(separator: "."))]).canonical
        case .segment(let name, _): return "segment \(name)"
        case .list(let parts): return depth == 0 ? "[…]" : Self.outline(of: parts, depth: depth)
        case .operation(let operation, let arguments):
            return depth == 0
                ? "\(operation.rawValue) […]" : "\(operation.rawValue) \(Self.outline(of: arguments, depth: depth))"
        }
    }

    private static func outline(of parts: [Expression], depth: Int) -> String {
        let shown = parts.prefix(6).map { $0.outline(depth: depth - 1) } + (parts.count > 6 ? ["…"] : [])
        return "[" + shown.joined(separator: ", ") + "]"
    }
}
