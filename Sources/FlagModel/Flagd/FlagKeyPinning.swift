/// Writes a flag's key into its rule, so that the rule means the same within another flag: there `$flagd.flagKey`, and
/// with it the value that a `fractional` without one hashes, are the other flag's.
struct FlagKeyPinning {
    let key: FlagKey
    let segments: FlagdSegments
    /// The flag that the rule is written into, for refusals.
    let dependant: FlagKey

    /// The rule with the key in it.
    func pinned(_ rule: JSONValue) throws(FlagdRefusal) -> JSONValue {
        switch rule {
        case .array(let elements): return .array(try self.pinned(elements))
        case .object(let members):
            guard members.count == 1, let (name, argument) = members.first else { return rule }
            let arguments = argument.arrayValue ?? [argument]
            switch name {
            case "$ref":
                guard let segment = argument.stringValue.flatMap({ self.segments[$0] }) else { return rule }
                let pinned = try self.pinned(segment)
                return pinned == segment ? rule : pinned
            case "var":
                switch arguments.first ?? .null {
                case "$flagd.flagKey": return .string(self.key.text)
                case .null, "", "$flagd": throw self.refusal("reads the whole context, its own key included")
                case .object, .array: throw self.refusal("works out which attribute it reads, which may be its own key")
                default: break
                }
            case "fractional":
                let parts = try self.pinned(arguments)
                guard parts.first?.arrayValue != nil else { break }
                let value: JSONValue = ["cat": [.string(self.key.text), ["var": "targetingKey"]]]
                return ["if": [["!!": [["var": "targetingKey"]]], [name: .array([value] + parts)], nil]]
            default: break
            }
            let looksIntoElements = Operation(rawValue: name)?.looksIntoElements ?? false
            var parts = arguments
            // In the elements nothing is injected.
            for position in parts.indices where !(looksIntoElements && position == 1) {
                parts[position] = try self.pinned(parts[position])
            }
            // What stood without brackets keeps to that, unless it would be taken for the list of arguments.
            if argument.arrayValue == nil, let part = parts.first, part.arrayValue == nil { return [name: part] }
            return [name: .array(parts)]
        default: return rule
        }
    }

    private func refusal(_ fault: String) -> FlagdRefusal {
        FlagdRefusal(
            flag: self.dependant,
            reason: "the rule of \(self.key), which it requires, \(fault); let it name the attributes that it needs")
    }

    private func pinned(_ rules: [JSONValue]) throws(FlagdRefusal) -> [JSONValue] {
        var pinned: [JSONValue] = []
        for rule in rules { pinned.append(try self.pinned(rule)) }
        return pinned
    }
}
