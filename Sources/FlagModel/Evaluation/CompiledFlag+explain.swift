extension CompiledFlag {
    /// The way to the answer that ``evaluate(_:timestamp:)`` gives for `context`, step by step, up to the one that decided.
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
        if definition.targeting != nil {
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
            if answer.reason == .split || rollout.percentage == .full { return steps }
        }
        step("default", "\(Self.quote(answer.variant)) is the variant for everyone else")
        return steps
    }

    private func finding(of rollout: Rollout, _ context: EvaluationContext) -> String {
        let share = "\(Self.quote(rollout.variant)) to \(rollout.percentage)"
        switch rollout.percentage {
        case .full: return "\(share): everyone is in"
        case .zero: return "\(share): nobody is in"
        default: break
        }
        guard let bucket = self.bucket(context) else {
            return "\(share), by \(rollout.by): the context has no \(rollout.by)"
        }
        let comparison = bucket.isIn(rollout.percentage) ? "below" : "not below"
        let side = bucket.isIn(rollout.percentage) ? "in" : "out: \(Self.quote(self.definition.defaultVariant))"
        return "\(share), by \(rollout.by): bucket \(bucket.position) of \(Bucket.count) is \(comparison) "
            + "\(rollout.percentage.thousandths), so \(side)"
    }

    private static func quote(_ variant: String?) -> String {
        variant.map { "\"\($0)\"" } ?? "(none: the caller's default)"
    }
}
