extension CompiledFlag {
    /// The way to the answer that ``evaluate(_:timestamp:)`` gives for `context`, step by step, up to the one that decided.
    ///
    /// Of the rule, the conditions are told that were looked at on the way, with the values that they read.
    public func explain(_ context: EvaluationContext, timestamp: Int64? = nil) -> [EvaluationStep] {
        let definition = self.definition
        let answer = self.evaluate(context, timestamp: timestamp)
        var steps: [EvaluationStep] = []
        func step(_ part: String, _ finding: String) { steps.append(EvaluationStep(part: part, finding: finding)) }

        guard definition.state == .enabled else {
            step("state", "DISABLED: no value, the caller's default applies")
            return steps
        }
        step("state", "ENABLED")
        if definition.isKilled {
            step("kill", "killed: everyone gets the safe variant \(Self.quote(definition.effectiveSafeVariant))")
            return steps
        }
        for prerequisite in self.prerequisites {
            let isMet = prerequisite.isMet(by: context, timestamp: timestamp)
            step("prerequisite", self.finding(of: prerequisite, isMet: isMet, context, timestamp))
            if !isMet { return steps }
        }
        if definition.targeting != nil {
            if let rule = self.targeting {
                let scope = Scope.context(context, flagKey: self.key, timestamp: timestamp)
                steps += RuleTrace(of: rule, in: scope).findings.map { EvaluationStep(part: "targeting", finding: $0) }
            }
            if answer.reason == .targetingMatch {
                step("targeting", "the rule chose \(Self.quote(answer.variant))")
                return steps
            }
            if answer.reason == .error {
                step("targeting", answer.errorDetails ?? "the rule failed")
                return steps
            }
            step("targeting", "the rule chose nothing")
        }
        if let rollout = definition.rollout {
            step("rollout", self.finding(of: rollout, context))
            let isDecided = answer.reason == .split || rollout.percentage == .full
            if isDecided || rollout.withoutKey != nil && rollout.percentage != .zero { return steps }
        }
        step(
            "default",
            definition.defaultVariant == nil
                ? "there is no default variant: the caller's default applies"
                : "\(Self.quote(answer.variant)) is the variant for everyone else")
        return steps
    }

    private func finding(
        of prerequisite: CompiledPrerequisite, isMet: Bool, _ context: EvaluationContext, _ timestamp: Int64?
    ) -> String {
        let required = prerequisite.flag
        let demand = "\(required.key) must answer \(Self.quote(prerequisite.variant))"
        if isMet { return "\(demand), and does" }
        let found =
            required.definition.state == .disabled
            ? "it is DISABLED"
            : required.definition.isKilled
                ? "it is killed" : "it answers \(Self.quote(required.evaluate(context, timestamp: timestamp).variant))"
        let safe = Self.quote(self.definition.effectiveSafeVariant)
        return "\(demand), but \(found): everyone like this gets the safe variant \(safe)"
    }

    private func finding(of rollout: Rollout, _ context: EvaluationContext) -> String {
        let share = "\(Self.quote(rollout.variant)) to \(rollout.percentage)"
        switch rollout.percentage {
        case .full: return "\(share): everyone is in"
        case .zero: return "\(share): nobody is in"
        default: break
        }
        guard let bucket = self.bucket(context) else {
            let otherwise = rollout.withoutKey.map { ", so \(Self.quote($0)), the variant without one" } ?? ""
            return "\(share), by \(rollout.by): \(Self.fault(of: rollout.by, in: context))\(otherwise)"
        }
        let comparison = bucket.isIn(rollout.percentage) ? "below" : "not below"
        let side = bucket.isIn(rollout.percentage) ? "in" : "out: \(Self.quote(self.definition.defaultVariant))"
        return "\(share), by \(rollout.by): bucket \(bucket.position) of \(Bucket.count) is \(comparison) "
            + "\(rollout.percentage.thousandths), so \(side)"
    }

    /// Why there is nothing to hash in an attribute.
    private static func fault(of name: String, in context: EvaluationContext) -> String {
        switch context.attribute(name) {
        case nil, .null?: "the context has no \(name) to hash"
        case .string?: "\(name) is empty"
        default: "\(name) is neither a text nor a number"
        }
    }

    private static func quote(_ variant: String?) -> String {
        variant.map { "\"\($0)\"" } ?? "(none: the caller's default)"
    }
}
