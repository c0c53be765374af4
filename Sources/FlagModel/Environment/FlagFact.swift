/// What an invariant's rule can ask about a flag, by name.
enum FlagFact: String, CaseIterable {
    case always, values, percentage, state, killed, variants
    case defaultValue = "default"
}

extension CompiledFlag {
    /// What an invariant may know of the flag.
    var facts: [String: JSONValue] {
        Dictionary(uniqueKeysWithValues: FlagFact.allCases.map { ($0.rawValue, self.value(of: $0)) })
    }

    private func value(of fact: FlagFact) -> JSONValue {
        let definition = self.definition
        func value(_ variant: String?) -> JSONValue? { variant.flatMap { definition.variants[$0] } }
        switch fact {
        case .always:
            guard let always = self.alwaysServes else { return .null }
            if case .serveSafe = definition.onStale, value(definition.effectiveSafeVariant) != always { return .null }
            return always
        case .values: return .array(self.reachableVariants.sorted().compactMap { value($0) })
        case .percentage: return definition.rollout?.percentage.json ?? .null
        case .state: return .string(definition.state.rawValue)
        case .killed: return .bool(definition.isKilled)
        case .defaultValue: return value(definition.defaultVariant) ?? .null
        case .variants: return .object(definition.variants)
        }
    }

    /// The variants that some context may get, on some instance.
    private var reachableVariants: Set<String> {
        let definition = self.definition
        var reachable: Set<String?> = []
        if definition.state == .disabled {
            // Callers use their own default; a runtime that has none takes the safe variant.
            reachable.insert(definition.effectiveSafeVariant)
        } else if let constant = self.constant {
            reachable.insert(constant.variant)
        } else if definition.targeting != nil {
            // A rule may name any variant; what it cannot reach is not worth the risk of a wrong guess in an interlock.
            reachable.formUnion(definition.variants.keys.map { $0 })
        } else {
            reachable = [definition.defaultVariant, definition.rollout?.variant, definition.rollout?.withoutKey]
        }
        if !definition.prerequisites.isEmpty { reachable.insert(definition.effectiveSafeVariant) }
        if case .serveSafe = definition.onStale { reachable.insert(definition.effectiveSafeVariant) }
        return Set(reachable.compactMap(\.self))
    }
}
