import FlagModel

extension LiveState {
    /// What a flag answers now.
    func details<Value: FlagValue>(
        _ key: String, default fallback: Value, context: EvaluationContext
    ) -> FlagDetails<Value> {
        guard let applied = self.applied else {
            return FlagDetails(
                key: key, value: fallback, reason: .error, errorCode: .providerNotReady,
                errorDetails: "there is no snapshot yet", flagMetadata: [:])
        }
        let revision = applied.snapshot.revision
        guard let flag = applied.flags[key] else {
            return FlagDetails(
                key: key, value: fallback, reason: .error, errorCode: .flagNotFound,
                errorDetails: "there is no flag \(key.prefix(100)) in \(applied.snapshot.environment)",
                flagMetadata: [:], revision: revision)
        }
        let metadata = flag.metadata
        guard Value.canRead(flag.flag.definition.type) else {
            return FlagDetails(
                key: key, value: fallback, reason: .error, errorCode: .typeMismatch,
                errorDetails: "\(key) is \(flag.flag.definition.type.phrase)", flagMetadata: metadata,
                revision: revision)
        }
        let answer = self.evaluate(flag, for: context)
        let value = answer.value.flatMap { Value(flagValue: $0) }
        return FlagDetails(
            key: key, value: value ?? fallback, variant: value == nil ? nil : answer.variant, reason: answer.reason,
            errorCode: answer.errorCode, errorDetails: answer.errorDetails, flagMetadata: metadata,
            revision: revision)
    }

    /// The value alone, without putting together why.
    func value<Value: FlagValue>(_ key: String, default fallback: Value, context: EvaluationContext) -> Value {
        guard let flag = self.applied?.flags[key], Value.canRead(flag.flag.definition.type),
            let value = self.evaluate(flag, for: context).value
        else { return fallback }
        return Value(flagValue: value) ?? fallback
    }

    /// What a flag of the snapshot in force answers, with its `onStale` honoured.
    func evaluate(_ flag: ReadyFlag, for context: EvaluationContext) -> Evaluation {
        if flag.staleAfter != nil, flag.isStale(after: self.silence ?? .max) { return flag.whenStale }
        let timestamp = flag.readsTime ? self.time.wall().millisecondsSinceEpoch / 1000 : nil
        return flag.flag.evaluate(context, timestamp: timestamp)
    }
}
