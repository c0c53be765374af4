extension EnvironmentContent {
    /// The content after `changes`, one after the other.
    ///
    /// - Throws: ``InvalidChange`` for the first step that cannot be done. The content is a value: nothing is half done.
    public func applying(_ changes: [FlagChange]) throws(InvalidChange) -> EnvironmentContent {
        var content = self
        for (position, change) in changes.enumerated() {
            try content.apply(change, at: position)
        }
        return content
    }

    private mutating func apply(_ change: FlagChange, at position: Int) throws(InvalidChange) {
        switch change {
        case .put(let key, let definition):
            try self.store(definition, as: key, at: position)
        case .remove(let key):
            _ = try self.definition(of: key, at: position)
            self.flags[key] = nil
        case .enable(let key):
            try self.edit(key, at: position) { definition in
                definition.state = .enabled
                definition.isKilled = false
            }
        case .disable(let key):
            try self.edit(key, at: position) { $0.state = .disabled }
        case .serve(let key, let variant):
            try self.edit(key, at: position) { $0.defaultVariant = variant }
        case .set(let key, let value):
            let definition = try self.definition(of: key, at: position)
            guard let variant = definition.defaultVariant else {
                throw InvalidChange(
                    position: position, kind: .invalid,
                    issues: [Issue(path: key.text, message: "has no default variant whose value could be set")])
            }
            try self.edit(key, at: position) { $0.variants[variant] = value }
        case .rollout(let key, let percentage, let variant):
            let definition = try self.definition(of: key, at: position)
            guard let variant = variant ?? definition.rollout?.variant ?? definition.impliedRolloutVariant else {
                let names = definition.variants.keys.sorted().joined(separator: ", ")
                throw InvalidChange(
                    position: position, kind: .invalid,
                    issues: [Issue(path: key.text, message: "say which variant to roll out: \(names)")])
            }
            try self.edit(key, at: position) { definition in
                var rollout = definition.rollout ?? Rollout(variant: variant, percentage: percentage, seed: key.text)
                rollout.variant = variant
                rollout.percentage = percentage
                definition.rollout = rollout
            }
        case .kill(let key):
            try self.edit(key, at: position) { $0.isKilled = true }
        case .putSegment(let name, let segment):
            let issues = segment.issues(at: name.text)
            guard issues.isEmpty else { throw InvalidChange(position: position, kind: .invalid, issues: issues) }
            self.segments[name] = segment
        case .removeSegment(let name):
            guard self.segments.removeValue(forKey: name) != nil else {
                throw InvalidChange(unknown: name, among: self.segments.keys, position: position)
            }
        case .revokeTickets(let moment):
            self.ticketsNotBefore = max(self.ticketsNotBefore ?? moment, moment)
        }
    }

    private func definition(of key: FlagKey, at position: Int) throws(InvalidChange) -> FlagDefinition {
        guard let definition = self.flags[key] else {
            throw InvalidChange(unknown: key, among: self.flags.keys, position: position)
        }
        return definition
    }

    private mutating func edit(
        _ key: FlagKey, at position: Int, _ change: (inout FlagDefinition) -> Void
    ) throws(InvalidChange) {
        var definition = try self.definition(of: key, at: position)
        change(&definition)
        try self.store(definition, as: key, at: position)
    }

    private mutating func store(
        _ definition: FlagDefinition, as key: FlagKey, at position: Int
    ) throws(InvalidChange) {
        var definition = definition
        definition.normalizeVariants()
        let issues = definition.issues(at: key.text)
        guard issues.isEmpty else { throw InvalidChange(position: position, kind: .invalid, issues: issues) }
        self.flags[key] = definition
    }
}

extension FlagDefinition {
    /// The variant that a rollout means when nobody says which: the one that is neither the default nor the safe one.
    fileprivate var impliedRolloutVariant: String? {
        let others = Set(self.variants.keys).subtracting(
            [self.defaultVariant, self.effectiveSafeVariant].compactMap(\.self))
        return others.count == 1 ? others.first : nil
    }
}
