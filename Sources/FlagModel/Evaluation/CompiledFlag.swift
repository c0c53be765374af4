/// A flag prepared for evaluation: variants looked up, rule compiled, seed hashed. Evaluating a percentage allocates
/// nothing.
///
/// A class, so that looking a flag up retains one object and not every text in it.
public final class CompiledFlag: Sendable {
    /// The flag's key.
    public let key: FlagKey
    /// What the flag was compiled from.
    public let definition: FlagDefinition

    /// What other flags must answer, in the order of the definition.
    let prerequisites: [CompiledPrerequisite]

    /// Asked first, as that costs nothing where looking into the array would retain it.
    private let hasPrerequisites: Bool
    private let base: Evaluation?
    let targeting: Expression?
    private let split: Split?
    private let fallback: Evaluation
    private let unmet: Evaluation
    /// What the rule answers when it names a variant.
    private let matches: [String: Evaluation]

    /// A rollout with everything that does not depend on the context worked out.
    private final class Split: Sendable {
        let seed: Murmur3
        let percentage: Percentage
        let by: String
        let isByTargetingKey: Bool
        let hasSeed: Bool
        let included: Evaluation
        let excluded: Evaluation
        let withoutKey: Evaluation

        init(_ rollout: Rollout, included: Evaluation, excluded: Evaluation, withoutKey: Evaluation) {
            self.seed = Bucket.state(seed: rollout.seed)
            self.hasSeed = !rollout.seed.isEmpty
            self.percentage = rollout.percentage
            self.by = rollout.by
            self.isByTargetingKey = rollout.by == "targetingKey"
            self.included = included
            self.excluded = excluded
            self.withoutKey = withoutKey
        }
    }

    /// Compiles a definition of a flag that stands alone: without segments, and without other flags that it could require.
    public convenience init(key: FlagKey, definition: FlagDefinition) {
        self.init(key: key, definition: definition, segments: CompiledSegments([:]), prerequisites: [])
    }

    /// Compiles a definition. A rule that does not compile is a flag that answers ``EvaluationErrorCode/parseError``, and
    /// so does one of whose prerequisites a flag is missing; ``FlagDefinition/issues(at:)`` and
    /// ``EnvironmentContent/issues`` keep such flags from being committed.
    init(key: FlagKey, definition: FlagDefinition, segments: CompiledSegments, prerequisites: [CompiledPrerequisite]) {
        self.key = key
        self.definition = definition
        self.prerequisites = prerequisites
        self.hasPrerequisites = !prerequisites.isEmpty
        func outcome(_ variant: String?, _ reason: EvaluationReason) -> Evaluation {
            Evaluation(value: variant.flatMap { definition.variants[$0] }, variant: variant, reason: reason)
        }
        var split: Split?
        var fallback = outcome(definition.defaultVariant, .default)
        switch definition.rollout {
        case nil:
            if definition.targeting == nil, prerequisites.isEmpty, definition.defaultVariant != nil {
                fallback.reason = .static
            }
        case let rollout? where rollout.percentage == .full:
            fallback = outcome(rollout.variant, .default)
        case let rollout? where rollout.percentage == .zero:
            break
        case let rollout?:
            split = Split(
                rollout, included: outcome(rollout.variant, .split),
                excluded: outcome(definition.defaultVariant, .split),
                withoutKey: outcome(rollout.withoutKey ?? definition.defaultVariant, .default))
        }
        self.split = split
        self.fallback = fallback
        self.unmet = outcome(definition.effectiveSafeVariant, .default)
        self.matches =
            definition.targeting == nil
            ? [:]
            : Dictionary(uniqueKeysWithValues: definition.variants.keys.map { ($0, outcome($0, .targetingMatch)) })

        if definition.state == .disabled {
            self.base = Evaluation(value: nil, variant: nil, reason: .disabled)
            self.targeting = nil
        } else if definition.isKilled {
            self.base = outcome(
                definition.effectiveSafeVariant, definition.effectiveSafeVariant == nil ? .default : .static)
            self.targeting = nil
        } else if prerequisites.count < definition.prerequisites.count {
            self.base = Evaluation(failure: .parseError, "what \(key) requires is missing, or requires it")
            self.targeting = nil
        } else if let rule = definition.targeting {
            do {
                self.targeting = try Expression(compiling: rule, at: "targeting", segments: .table(segments))
                self.base = nil
            } catch {
                self.targeting = nil
                self.base = Evaluation(failure: .parseError, error.description)
            }
        } else {
            self.targeting = nil
            self.base = split == nil && prerequisites.isEmpty ? fallback : nil
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
        if self.hasPrerequisites, !self.meetsPrerequisites(context, timestamp) { return self.unmet }
        if let targeting = self.targeting {
            let scope = Scope.context(context, flagKey: self.key, timestamp: timestamp)
            if let answer = self.answer(of: targeting, in: scope) { return answer }
        }
        guard let split = self.split else { return self.fallback }
        guard let bucket = Self.bucket(context, split) else { return split.withoutKey }
        return bucket.isIn(split.percentage) ? split.included : split.excluded
    }

    private func meetsPrerequisites(_ context: EvaluationContext, _ timestamp: Int64?) -> Bool {
        self.prerequisites.allSatisfy { $0.isMet(by: context, timestamp: timestamp) }
    }

    /// What the rule says, or nil when it leaves the answer to what comes after it.
    private func answer(of targeting: Expression, in scope: Scope) -> Evaluation? {
        do throws(Budget.Exhausted) {
            guard let variant = Self.variant(named: try targeting.evaluate(in: scope)) else { return nil }
            return self.matches[variant]
                ?? Evaluation(
                    failure: .general,
                    "targeting of \(self.key) named the variant \"\(variant.shortened())\", which does not exist")
        } catch {
            return Evaluation(failure: .general, "targeting of \(self.key): \(error.description)")
        }
    }

    /// Where the flag's rollout puts `context`, or nil when it has none strictly between 0 and 100 %, or the context
    /// lacks the attribute that is hashed.
    public func bucket(_ context: EvaluationContext) -> Bucket? {
        self.split.flatMap { Self.bucket(context, $0) }
    }

    private static func bucket(_ context: EvaluationContext, _ split: Split) -> Bucket? {
        if split.isByTargetingKey, let key = context.targetingKey { return Self.bucket(key, split) }
        switch context.attributes[split.by] {
        case .string(let key)?: return Self.bucket(key, split)
        case .integer(let key)?: return Bucket(seed: split.seed, key: String(key))
        case .number(let key)?: return Bucket(seed: split.seed, key: JSONWriter.spell(key))
        default: return nil
        }
    }

    /// Nothing at all is not hashed, as flagd's `fractional` does not do that either.
    private static func bucket(_ key: String, _ split: Split) -> Bucket? {
        split.hasSeed || !key.isEmpty ? Bucket(seed: split.seed, key: key) : nil
    }

    /// The variant that a rule's result names: a string, or a boolean spelt out; null names none.
    private static func variant(named result: JSONValue) -> String? {
        switch result {
        case .string(let variant): variant
        case .bool(let value): value ? "true" : "false"
        case .null: nil
        // A number that JSON cannot write names no variant, least of all one called null.
        case .number(let number) where !number.isFinite: "NaN"
        default: result.canonical
        }
    }
}
