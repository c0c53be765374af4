/// What a rule's `var` looks into: the evaluation context, or inside `map` and its kin the element at hand.
enum Scope {
    case context(EvaluationContext, flagKey: FlagKey?, timestamp: Int64?)
    case value(JSONValue)

    /// The value at `path`, or nil when there is none. The empty path is everything.
    func lookUp(_ path: [String], _ budget: inout Budget) throws(Budget.Exhausted) -> JSONValue? {
        switch self {
        case .value(let value):
            return try Self.descend(value, path[...], &budget)
        case .context(let context, let flagKey, let timestamp):
            guard let first = path.first else { return self.whole }
            if first == "$flagd" {
                switch path.dropFirst().first {
                case "flagKey": return path.count == 2 ? flagKey.map { .string($0.text) } : nil
                case "timestamp": return path.count == 2 ? timestamp.map { .integer($0) } : nil
                default: return nil
                }
            }
            guard let value = context.attribute(first) else { return nil }
            return path.count == 1 ? value : try Self.descend(value, path.dropFirst(), &budget)
        }
    }

    /// How many members there are to copy when everything is asked for.
    var memberCount: Int {
        switch self {
        case .value: 0
        case .context(let context, _, _): context.attributes.count + 2
        }
    }

    /// Everything that can be looked up, as one value.
    private var whole: JSONValue {
        switch self {
        case .value(let value): return value
        case .context(let context, let flagKey, let timestamp):
            var members = context.attributes
            if let targetingKey = context.targetingKey { members["targetingKey"] = .string(targetingKey) }
            var flagd: [String: JSONValue] = [:]
            flagd["flagKey"] = flagKey.map { .string($0.text) }
            flagd["timestamp"] = timestamp.map { .integer($0) }
            members["$flagd"] = .object(flagd)
            return .object(members)
        }
    }

    private static func descend(
        _ value: JSONValue, _ path: ArraySlice<String>, _ budget: inout Budget
    ) throws(Budget.Exhausted) -> JSONValue? {
        var value = value
        for name in path {
            switch value {
            case .object(let members):
                guard let member = members[name] else { return nil }
                value = member
            case .array(let elements):
                if name == "length" {
                    value = .integer(Int64(elements.count))
                } else {
                    guard let position = Self.position(name), position < elements.count else { return nil }
                    value = elements[position]
                }
            case .string(let text):
                try budget.spend(bytes: text.utf8.count)
                if name == "length" {
                    value = .integer(Int64(text.unicodeScalars.count))
                } else {
                    guard let position = Self.position(name),
                        let scalar = text.unicodeScalars.dropFirst(position).first
                    else { return nil }
                    value = .string(String(scalar))
                }
            default: return nil
            }
        }
        return value
    }

    /// A step of a path as a position, as a property in JavaScript: 1 is one, 01 and +1 are not.
    private static func position(_ name: String) -> Int? {
        guard let position = Int(name), position >= 0, String(position) == name else { return nil }
        return position
    }
}
