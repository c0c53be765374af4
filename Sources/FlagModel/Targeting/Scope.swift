/// What a rule's `var` looks into: the evaluation context, or inside `map` and its kin the element at hand.
enum Scope {
    case context(EvaluationContext, flagKey: FlagKey?, timestamp: Int64?)
    case value(JSONValue)

    /// The value at `path`, or nil when there is none. The empty path is everything.
    func lookUp(_ path: [String]) -> JSONValue? {
        switch self {
        case .value(let value):
            return Self.descend(value, path[...])
        case .context(let context, let flagKey, let timestamp):
            guard let first = path.first else { return self.whole }
            if first == "$flagd" {
                switch path.dropFirst().first {
                case "flagKey": return path.count == 2 ? flagKey.map { .string($0.text) } : nil
                case "timestamp": return path.count == 2 ? timestamp.map { .integer($0) } : nil
                default: return nil
                }
            }
            return context.attribute(first).flatMap { Self.descend($0, path.dropFirst()) }
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

    private static func descend(_ value: JSONValue, _ path: ArraySlice<String>) -> JSONValue? {
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
                    // As a property in JavaScript: 1 is a position, 01 and +1 are not.
                    guard let position = Int(name), elements.indices.contains(position), String(position) == name else {
                        return nil
                    }
                    value = elements[position]
                }
            default: return nil
            }
        }
        return value
    }
}
