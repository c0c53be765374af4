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
        var size = 0
        self = try Self.compile(rule, at: path, depth: 0, size: &size)
    }

    private static func compile(
        _ rule: JSONValue, at path: String, depth: Int, size: inout Int
    ) throws(Issue) -> Expression {
        size += 1
        guard depth <= Self.maximumDepth else {
            throw Issue(path: path, message: "nested deeper than \(Self.maximumDepth) levels")
        }
        guard size <= Self.maximumSize else {
            throw Issue(path: path, message: "the rule has more than \(Self.maximumSize) parts")
        }
        switch rule {
        case .null, .bool, .integer, .number, .string:
            return .literal(rule)
        case .array(let elements):
            var parts: [Expression] = []
            for (position, element) in elements.enumerated() {
                parts.append(try Self.compile(element, at: "\(path)[\(position)]", depth: depth + 1, size: &size))
            }
            return .list(parts)
        case .object(let members):
            guard let (name, argument) = members.first else { return .literal(rule) }
            guard members.count == 1 else {
                throw Issue(
                    path: path,
                    message: "a rule has one operation, this has \(members.count): "
                        + members.keys.sorted().joined(separator: ", "))
            }
            guard let operation = Operation(rawValue: name) else {
                throw Issue(path: path, message: Self.unknown(name))
            }
            // {"not": x} is {"not": [x]}.
            let arguments = argument.arrayValue ?? [argument]
            var compiled: [Expression] = []
            for (position, argument) in arguments.enumerated() {
                compiled.append(
                    try Self.compile(argument, at: "\(path).\(name)[\(position)]", depth: depth + 1, size: &size))
            }
            return Self.operation(operation, applied: compiled)
        }
    }

    private static func operation(_ operation: Operation, applied arguments: [Expression]) -> Expression {
        guard operation == .variable, arguments.count <= 2,
            case .literal(let name)? = arguments.first ?? .literal(""), let path = Self.path(name)
        else { return .operation(operation, arguments) }
        return .variable(path: path, fallback: arguments.count > 1 ? arguments[1] : .literal(.null))
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
        return "unknown operation \"\(name)\"\(suggestion)"
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
