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
    /// `{"$ref": name}`: the rule of a segment, in place.
    case segment(SegmentName, Expression)
    /// Any other operation.
    case operation(Operation, [Expression])

    /// How deeply a rule may be nested.
    static let maximumDepth = 48
    /// How many operations and values a rule may have in all.
    static let maximumSize = 5000
}

extension Expression {
    /// How much there is of a rule, the segments that it names included.
    struct Measure {
        /// How many levels it is deep.
        var depth = 0
        /// How many parts it has.
        var size = 0
    }

    /// Compiles `rule`.
    ///
    /// - Throws: ``Issue`` with the path within the rule and what was expected there.
    init(compiling rule: JSONValue, at path: String, segments: SegmentResolution) throws(Issue) {
        var measure = Measure()
        try self.init(compiling: rule, at: path, segments: segments, &measure)
    }

    /// Compiles `rule`, and tells how much there is of it.
    ///
    /// - Throws: ``Issue`` with the path within the rule and what was expected there.
    init(
        compiling rule: JSONValue, at path: String, segments: SegmentResolution, _ measure: inout Measure
    ) throws(Issue) {
        var compilation = Compilation(segments: segments)
        self = try Self.compile(rule, at: path, depth: 0, &compilation)
        measure = compilation.measure
    }

    /// What one compilation has used up.
    private struct Compilation {
        /// What a `$ref` stands for.
        let segments: SegmentResolution
        /// What was seen so far.
        var measure = Measure()
        /// For working out constants; when it is used up, they are left to the evaluation, which has a budget of its own.
        var budget = Budget()

        init(segments: SegmentResolution) {
            self.segments = segments
        }

        /// Notes parts of the rule, and that they reach so deep.
        mutating func note(size: Int, depth: Int, at path: String) throws(Issue) {
            self.measure.size += size
            self.measure.depth = max(self.measure.depth, depth)
            guard depth <= Expression.maximumDepth else {
                throw Issue(path: path, message: "nested deeper than \(Expression.maximumDepth) levels")
            }
            guard self.measure.size <= Expression.maximumSize else {
                throw Issue(path: path, message: "the rule has more than \(Expression.maximumSize) parts")
            }
        }
    }

    private static func compile(
        _ rule: JSONValue, at path: String, depth: Int, _ compilation: inout Compilation
    ) throws(Issue) -> Expression {
        try compilation.note(size: 1, depth: depth, at: path)
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
            if name == "$ref" { return try Self.reference(argument, at: path, depth: depth, &compilation) }
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

    /// `{"$ref": name}`.
    private static func reference(
        _ argument: JSONValue, at path: String, depth: Int, _ compilation: inout Compilation
    ) throws(Issue) -> Expression {
        guard case .string(let text) = argument else {
            throw Issue(path: "\(path).$ref", message: "expected the name of a segment, found \(argument.kind)")
        }
        guard SegmentName.isValid(text) else {
            throw Issue(
                path: "\(path).$ref",
                message: "\"\(text.shortened())\" is not a \(SegmentName.noun): use \(SegmentName.pattern)")
        }
        let name = SegmentName(unchecked: text)
        switch compilation.segments {
        case .forbidden: throw Issue(path: "\(path).$ref", message: "this rule cannot name a segment")
        case .open: return .segment(name, .literal(.null))
        case .table(let table):
            guard let entry = table[name] else { throw Issue(path: "\(path).$ref", message: table.absence(of: name)) }
            try compilation.note(size: entry.size, depth: depth + 1 + entry.depth, at: path)
            return .segment(name, entry.expression)
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

    /// The constant paths that the rule reads in its own scope: not those that `map` and its kin read in the elements.
    var variables: Set<[String]> {
        switch self {
        case .literal: []
        case .variable(let path, let fallback): fallback.variables.union([path])
        case .segment(_, let rule): rule.variables
        case .operation(let operation, let parts) where operation.looksIntoElements:
            parts.enumerated().reduce(into: []) { if $1.offset != 1 { $0.formUnion($1.element.variables) } }
        case .list(let parts), .operation(_, let parts):
            parts.reduce(into: []) { $0.formUnion($1.variables) }
        }
    }

    /// The segments that the rule itself names.
    var segments: Set<SegmentName> {
        switch self {
        case .literal: []
        case .variable(_, let fallback): fallback.segments
        case .segment(let name, _): [name]
        case .list(let parts), .operation(_, let parts):
            parts.reduce(into: []) { $0.formUnion($1.segments) }
        }
    }
}
