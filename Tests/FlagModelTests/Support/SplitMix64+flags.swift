import FlagModel

extension SplitMix64 {
    /// A valid definition of any type, with any of the optional parts.
    mutating func definition() -> FlagDefinition {
        let type = self.pick(FlagType.allCases)
        let names = ["on", "off", "default", "a b", "é"].shuffled(using: &self).prefix(
            Int.random(in: 1...4, using: &self))
        var variants: [String: JSONValue] = [:]
        for name in names { variants[name] = self.value(of: type) }
        let some = Array(names)
        var definition = FlagDefinition(
            type: type, variants: variants, defaultVariant: self.chance(80) ? self.pick(some) : nil)
        if self.chance(20) { definition.state = .disabled }
        if self.chance(20) { definition.isKilled = true }
        if self.chance(50) { definition.description = self.text() }
        if self.chance(50) { definition.owner = self.text() }
        if self.chance(60) { definition.safeVariant = self.pick(some) }
        if self.chance(30), definition.effectiveSafeVariant != nil {
            definition.onStale = .serveSafe(afterSeconds: Int64.random(in: 0...1_000_000, using: &self))
        }
        if self.chance(50) { definition.rollout = self.rollout(some) }
        if self.chance(40) { definition.targeting = self.targeting(some) }
        if self.chance(30) { definition.metadata = ["team": "auth", "n": .number(self.finiteDouble()), "b": true] }
        switch type {
        case .integer where self.chance(30): definition.constraints = Constraints(minimum: -1000.5, maximum: 1000)
        case .string where self.chance(30): definition.constraints = Constraints(maximumLength: 50)
        default: break
        }
        return definition
    }

    /// A rollout of one of `variants`.
    mutating func rollout(_ variants: [String]) -> Rollout {
        let thousandths = self.pick([0, 1, 25_000, UInt32.random(in: 0...100_000, using: &self), 100_000])
        return Rollout(
            variant: self.pick(variants), percentage: Percentage(thousandths: thousandths) ?? .zero,
            by: self.pick(["targetingKey", "email"]), seed: self.text(),
            withoutKey: self.chance(30) ? self.pick(variants) : nil)
    }

    private mutating func targeting(_ variants: [String]) -> JSONValue {
        ["if": [["==": [["var": "email"], .string(self.text())]], .string(self.pick(variants)), nil]]
    }

    private mutating func value(of type: FlagType) -> JSONValue {
        switch type {
        case .boolean: .bool(Bool.random(using: &self))
        case .string: .string(self.text())
        case .integer: .integer(Int64.random(in: -1000...1000, using: &self))
        case .number: .number(self.finiteDouble())
        case .object: .object(self.members(depth: 2))
        }
    }

    /// The content of an environment with some flags.
    mutating func content() -> EnvironmentContent {
        var flags: [FlagKey: FlagDefinition] = [:]
        for key in ["A", "B", "c.d", "E_f-1"] as [FlagKey] where self.chance(70) { flags[key] = self.definition() }
        let moment = Timestamp(millisecondsSinceEpoch: Int64.random(in: 0...4_000_000_000_000, using: &self))
        return EnvironmentContent(
            flags: flags, ticketsNotBefore: self.chance(30) ? moment : nil,
            ticketsNotBeforeRevision: self.chance(30) ? Int64.random(in: 1...1000, using: &self) : nil)
    }
}

extension SplitMix64 {
    /// Any change, of a handful of flags.
    mutating func change() -> FlagChange {
        let key = self.pick(["A", "B", "c.d"] as [FlagKey])
        let name = self.pick(["on", "off", "default", "é", "nope"])
        let percentage = Percentage(thousandths: UInt32.random(in: 0...100_000, using: &self)) ?? .zero
        switch Int.random(in: 0..<10, using: &self) {
        case 0, 1: return .put(key, self.definition())
        case 2: return self.chance(30) ? .remove(key) : .enable(key)
        case 3: return .enable(key)
        case 4: return .disable(key)
        case 5: return .serve(key, variant: name)
        case 6: return .set(key, value: self.chance(50) ? .integer(7) : self.json(depth: 2))
        case 7: return .rollout(key, percentage: percentage, variant: self.chance(50) ? name : nil)
        case 8: return .kill(key)
        default:
            return .revokeTickets(
                before: Timestamp(millisecondsSinceEpoch: Int64.random(in: 0...4_000_000_000_000, using: &self)))
        }
    }
}
