/// A JSONLogic rule, compiled: names resolved, constants folded into literals, limits checked.
///
/// A tree of values rather than of closures, so that it can be walked to see which variables a rule reads.
indirect enum Expression: Sendable {
    /// A constant.
    case literal(JSONValue)
    /// `{"var": [path, default]}` with a constant path, which is nearly every rule.
    case variable(path: [String], fallback: Expression)
    /// An array written in a rule, its elements evaluated.
    case list([Expression])
    /// Any other operation.
    case operation(Operation, [Expression])

    /// How deeply a rule may be nested.
    static let maximumDepth = 48
    /// How many operations and values a rule may have in all.
    static let maximumSize = 5000
}

extension Expression {
    /// Compiles `rule`.
    ///
    /// - Throws: ``Issue`` with the path within the rule and what was expected there.
    init(compiling rule: JSONValue, at path: String) throws(Issue) {
        var compilation = Compilation()
        self = try Self.compile(rule, at: path, depth: 0, &compilation)
    }

    /// What one compilation has used up.
    private struct Compilation {
        /// The parts seen so far.
        var size = 0
        /// For working out constants; when it is used up, they are left to the evaluation, which has a budget of its own.
        var budget = Budget()
    }

    private static func compile(
        _ rule: JSONValue, at path: String, depth: Int, _ compilation: inout Compilation
    ) throws(Issue) -> Expression {
        compilation.size += 1
        guard depth <= Self.maximumDepth else {
            throw Issue(path: path, message: "nested deeper than \(Self.maximumDepth) levels")
        }
        guard compilation.size <= Self.maximumSize else {
            throw Issue(path: path, message: "the rule has more than \(Self.maximumSize) parts")
        }
        switch rule {
        case .null, .bool, .integer, .number, .string:
            return .literal(rule)
        case .array(let elements):
            var parts: [Expression] = []
            for (position, element) in elements.enumerated() {
                parts.append(
                    try Self.compile(element, at: "\(path)[\(position)]", depth: depth + 1, &compilation))
            }
            return Self.folded(.list(parts), parts, &compilation.budget)
        case .object(let members):
            guard let (name, argument) = members.first else { return .literal(rule) }
            guard members.count == 1 else {
                throw Issue(
                    path: path,
                    message: "a rule has one operation, this has \(members.count): "
                        + members.keys.sorted().joined(separator: ", ").shortened(to: 200))
            }
            guard let operation = Operation(rawValue: name) else {
                throw Issue(path: path, message: Self.unknown(name))
            }
            // {"not": x} is {"not": [x]}.
            let arguments = argument.arrayValue ?? [argument]
            var compiled: [Expression] = []
            for (position, argument) in arguments.enumerated() {
                compiled.append(
                    try Self.compile(argument, at: "\(path).\(name)[\(position)]", depth: depth + 1, &compilation))
            }
            let expression = Self.operation(operation, applied: compiled)
            return operation.isPure ? Self.folded(expression, compiled, &compilation.budget) : expression
        }
    }

    private static func operation(_ operation: Operation, applied arguments: [Expression]) -> Expression {
        guard operation == .variable, arguments.count <= 2,
            case .literal(let name)? = arguments.first ?? .literal(""), let path = Self.path(name)
        else { return .operation(operation, arguments) }
        return .variable(path: path, fallback: arguments.count > 1 ? arguments[1] : .literal(.null))
    }

    /// The constant that `expression` is when all its `parts` are, else itself.
    private static func folded(_ expression: Expression, _ parts: [Expression], _ budget: inout Budget) -> Expression {
        let isConstant = parts.allSatisfy { if case .literal = $0 { true } else { false } }
        guard isConstant, let value = try? expression.evaluate(in: .value(.null), &budget) else { return expression }
        return .literal(value)
    }

    /// The steps that the argument of a `var` spells: `a.b.0`, a position, or nothing for everything.
    static func path(_ name: JSONValue) -> [String]? {
        switch name {
        case .string(""), .null: []
        case .string(let text): text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        case .integer(let position): [String(position)]
        case .number(let position): JSONWriter.spell(position).split(separator: ".").map(String.init)
        default: nil
        }
    }

    private static func unknown(_ name: String) -> String {
        let names = Operation.allCases.map(\.rawValue)
        let suggestion = NearestName.suggestion(for: name, among: names).map { "; did you mean \"\($0)\"?" } ?? ""
        return "unknown operation \"\(name.shortened())\"\(suggestion)"
    }

    /// The constant paths that the rule reads.
    var variables: Set<[String]> {
        switch self {
        case .literal: []
        case .variable(let path, let fallback): fallback.variables.union([path])
        case .list(let parts), .operation(_, let parts):
            parts.reduce(into: []) { $0.formUnion($1.variables) }
        }
    }
}
