/// What rules look at: the attributes that they read, and the constants that they compare them with.
struct RuleConstants: Sendable {
    /// The attributes whose every value counts, since a rollout or `fractional` hashes them.
    private(set) var identifiers: Set<[String]> = []
    private var constants: [[String]: Set<JSONValue>] = [:]
    /// The attributes that rules ask to be there.
    private var optional: Set<[String]> = []

    /// The attributes, those within others last.
    var paths: [[String]] {
        Set(self.constants.keys).union(self.identifiers).union(self.optional)
            .sorted { ($0.count, $0.joined(separator: ".")) < ($1.count, $1.joined(separator: ".")) }
    }

    /// The constants that an attribute is compared with.
    func values(of path: [String]) -> [JSONValue?] {
        (self.constants[path] ?? []).map { ($0, $0.canonical) }.sorted { $0.1 < $1.1 }.map(\.0)
    }

    /// The values for an attribute to have: the constants, and one that matches none of them; nil: it is not there.
    func domain(of path: [String]) -> [JSONValue?] {
        let constants = self.constants[path] ?? []
        let outsider = Self.outsider(to: constants)
        return self.values(of: path) + [outsider] + (self.optional.contains(path) && outsider != nil ? [nil] : [])
    }

    /// Takes in what some flags look at: by their own rules, the segments that these name, and the flags that they require.
    mutating func read(_ flags: [FlagKey], in content: EnvironmentContent) {
        // Written out in place: within `map` and its kin a segment looks at the element.
        let segments = FlagdSegments(content.segments)
        var seen: Set<FlagKey> = []
        var rest = flags
        while let key = rest.popLast() {
            guard let definition = content.flags[key], seen.insert(key).inserted else { continue }
            if let rule = definition.targeting { self.read(segments.writtenOut(rule)) }
            if let rollout = definition.rollout { self.identify([rollout.by]) }
            rest += definition.prerequisites.map(\.flag)
        }
    }

    /// Takes in a rule that names no segments.
    mutating func read(_ rule: JSONValue) {
        switch rule {
        case .array(let parts): for part in parts { self.read(part) }
        case .object(let members):
            guard members.count == 1, let (name, argument) = members.first, let operation = Operation(rawValue: name)
            else { return }
            self.read(operation, argument.arrayValue ?? [argument])
        default: return
        }
    }

    private mutating func read(_ operation: Operation, _ arguments: [JSONValue]) {
        switch operation {
        case .equal, .strictlyEqual, .notEqual, .strictlyNotEqual, .startsWith, .endsWith:
            self.compare(arguments) { [$0] }
        case .contains: self.compare(arguments) { $0.arrayValue ?? [$0] }
        case .greater, .greaterOrEqual, .less, .lessOrEqual: self.compare(arguments) { $0.withNeighbours }
        case .semanticVersion:
            guard arguments.count == 3 else { break }
            self.compare([arguments[0], arguments[2]]) { [$0, "0.0.0", "999999.0.0"] }
        case .condition, .ternary, .and, .or, .not, .truth:
            for path in arguments.compactMap(\.variable) { self.note([true, false], for: path) }
        case .missing: self.expect(arguments.first?.arrayValue ?? arguments)
        case .missingSome: self.expect(arguments.dropFirst().first?.arrayValue ?? [])
        case .fractional:
            if let key = arguments.first, key.objectValue != nil { for path in key.variables { self.identify(path) } }
        case .map, .filter, .all, .none, .some:
            guard arguments.count > 1, let path = arguments[0].variable else { break }
            self.iterate(path, arguments[1])
            return
        default: break
        }
        for argument in arguments { self.read(argument) }
    }

    /// The variables on one side of a comparison, against the constants on the other.
    private mutating func compare(_ arguments: [JSONValue], _ values: (JSONValue) -> [JSONValue]) {
        let constants = arguments.filter(\.isConstant).flatMap(values)
        for path in arguments.flatMap(\.variables) { self.note(constants, for: path) }
    }

    /// A rule about the elements of an attribute: the attribute gets arrays of one element.
    private mutating func iterate(_ path: [String], _ rule: JSONValue) {
        var inner = Self()
        inner.read(rule)
        for (innerPath, constants) in inner.constants {
            let elements = constants.map { constant in
                JSONValue.array([innerPath.reversed().reduce(constant) { .object([$1: $0]) }])
            }
            self.note(elements, for: path)
        }
    }

    private mutating func expect(_ names: [JSONValue]) {
        for path in names.compactMap(Expression.path) where Self.isAttribute(path) { self.optional.insert(path) }
    }

    private mutating func identify(_ path: [String]) {
        if Self.isAttribute(path) { self.identifiers.insert(path) }
    }

    private mutating func note(_ values: [JSONValue], for path: [String]) {
        // The element at hand of `map` and its kin has the empty path; iterate(_:_:) gives it to the attribute.
        guard !values.isEmpty, path.first != "$flagd" else { return }
        self.constants[path, default: []].formUnion(values)
    }

    private static func isAttribute(_ path: [String]) -> Bool { !path.isEmpty && path.first != "$flagd" }

    /// A value like the constants that none of them matches; nil: none but that the attribute is not there.
    private static func outsider(to constants: Set<JSONValue>) -> JSONValue? {
        let texts = constants.compactMap(\.stringValue)
        if !texts.isEmpty || constants.isEmpty {
            return ["other", "unlisted", "~"].first { word in
                !texts.contains { $0.contains(word) || (!$0.isEmpty && word.contains($0)) }
            }.map(JSONValue.string)
        }
        if constants.contains(where: { $0.arrayValue != nil }) { return [] }
        return constants.compactMap(\.doubleValue).max().map { JSONValue.normalized($0 + 1) }
    }
}

extension JSONValue {
    /// The path that a `var` reads; nil for anything else.
    fileprivate var variable: [String]? {
        guard let members = self.objectValue, members.count == 1, let argument = members["var"] else { return nil }
        return Expression.path(argument.arrayValue?.first ?? (argument.arrayValue == nil ? argument : ""))
    }

    /// The paths that a rule reads.
    fileprivate var variables: [[String]] {
        if let variable = self.variable { return [variable] }
        switch self {
        case .array(let parts): return parts.flatMap(\.variables)
        case .object(let members): return members.values.flatMap(\.variables)
        default: return []
        }
    }

    /// Whether nothing in it is worked out.
    fileprivate var isConstant: Bool {
        switch self {
        case .array(let elements): elements.allSatisfy(\.isConstant)
        case .object: false
        default: true
        }
    }

    /// A number with the ones on its two sides; anything else alone.
    fileprivate var withNeighbours: [JSONValue] {
        guard let number = self.doubleValue else { return [self] }
        return [.normalized(number - 1), self, .normalized(number + 1)]
    }
}
