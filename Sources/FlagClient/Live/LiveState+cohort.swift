import FlagModel

extension LiveState {
    /// On which side of a flag's rollout someone is.
    func cohort(of context: EvaluationContext, in key: String) -> Cohort {
        guard let flag = self.applied?.flags[key] else { return .unknown }
        let answer = self.evaluate(flag, for: context)
        guard let variant = answer.variant else { return .unknown }
        return Cohort(isEnabled: variant == flag.flag.definition.rollout?.variant, reason: answer.reason)
    }
}
