/// A flag prepared for evaluation: variants looked up, rule compiled, seed hashed. Evaluating a percentage allocates
/// nothing.
public struct CompiledFlag: Sendable {
    /// The flag's key.
    public let key: FlagKey
    /// What the flag was compiled from.
    public let definition: FlagDefinition

    private let base: Evaluation?
    private let targeting: Expression?
    private let split: Split?
    private let fallback: Evaluation

    /// A rollout with everything that does not depend on the context worked out.
    private struct Split {
        var seed: Murmur3
        var percentage: Percentage
        var by: String
        var included: Evaluation
        var excluded: Evaluation
        var withoutKey: Evaluation
    }

    /// Compiles a definition. A rule that does not compile is a flag that answers ``EvaluationErrorCode/parseError``;
    /// ``FlagDefinition/issues(at:)`` keeps such a rule from being committed.
    public init(key: FlagKey, definition: FlagDefinition) {
        self.key = key
        self.definition = definition
        func outcome(_ variant: String?, _ reason: EvaluationReason) -> Evaluation {
            Evaluation(value: variant.flatMap { definition.variants[$0] }, variant: variant, reason: reason)
        }
        var split: Split?
        var fallback = outcome(definition.defaultVariant, .default)
        switch definition.rollout {
        case nil:
            if definition.targeting == nil, definition.defaultVariant != nil { fallback.reason = .static }
        case let rollout? where rollout.percentage == .full:
            fallback = outcome(rollout.variant, .default)
        case let rollout? where rollout.percentage == .zero:
            break
        case let rollout?:
            split = Split(
                seed: Bucket.state(seed: rollout.seed), percentage: rollout.percentage, by: rollout.by,
                included: outcome(rollout.variant, .split), excluded: outcome(definition.defaultVariant, .split),
                withoutKey: outcome(rollout.withoutKey ?? definition.defaultVariant, .default))
        }
        self.split = split
        self.fallback = fallback

        if definition.state == .disabled {
            self.base = Evaluation(value: nil, variant: nil, reason: .disabled)
            self.targeting = nil
        } else if definition.isKilled {
            self.base = outcome(definition.effectiveSafeVariant, .static)
            self.targeting = nil
        } else if let rule = definition.targeting {
            do {
                self.targeting = try Expression(compiling: rule, at: "targeting")
                self.base = nil
            } catch {
                self.targeting = nil
                self.base = Evaluation(failure: .parseError, error.description)
            }
        } else {
            self.targeting = nil
            self.base = split == nil ? fallback : nil
        }
    }

    /// The answer that every context gets, or nil when it depends on the context.
    public var constant: Evaluation? { self.base }

    /// The value that every context gets, or nil when it depends on the context or is left to the caller.
    public var alwaysServes: JSONValue? { self.base?.value }

    /// The flag's answer for `context`. Never throws, blocks or traps.
    ///
    /// - Parameter timestamp: Seconds since the epoch, for rules that read `$flagd.timestamp`; nil leaves it unset.
    public func evaluate(_ context: EvaluationContext, timestamp: Int64? = nil) -> Evaluation {
        if let base = self.base { return base }
        if let targeting = self.targeting {
            let scope = Scope.context(context, flagKey: self.key, timestamp: timestamp)
            if let variant = Self.variant(named: targeting.evaluate(in: scope)) {
                guard let value = self.definition.variants[variant] else {
                    return Evaluation(
                        failure: .general,
                        "targeting of \(self.key) named the variant \"\(variant)\", which does not exist")
                }
                return Evaluation(value: value, variant: variant, reason: .targetingMatch)
            }
        }
        guard let split = self.split else { return self.fallback }
        guard let bucket = self.bucket(context) else { return split.withoutKey }
        return bucket.isIn(split.percentage) ? split.included : split.excluded
    }

    /// Where the flag's rollout puts `context`, or nil when it has none strictly between 0 and 100 %, or the context
    /// lacks the attribute that is hashed.
    public func bucket(_ context: EvaluationContext) -> Bucket? {
        guard let split = self.split else { return nil }
        if split.by == "targetingKey", let key = context.targetingKey { return Bucket(seed: split.seed, key: key) }
        switch context.attributes[split.by] {
        case .string(let key)?: return Bucket(seed: split.seed, key: key)
        case .integer(let key)?: return Bucket(seed: split.seed, key: String(key))
        case .number(let key)?: return Bucket(seed: split.seed, key: JSONWriter.spell(key))
        default: return nil
        }
    }

    /// The variant that a rule's result names: a string, or a boolean spelt out; null names none.
    private static func variant(named result: JSONValue) -> String? {
        switch result {
        case .string(let variant): variant
        case .bool(let value): value ? "true" : "false"
        case .null: nil
        default: result.canonical
        }
    }
}
