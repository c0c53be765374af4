public import FlagModel

extension FlagClient {
    /// Counts an attempt of the service's own, for a rollout's guard `counter/<name>` to compare those whom the rollout
    /// concerns with the others.
    ///
    /// ```swift
    /// client.count("checkout", failed: order == nil, flag: "NEW_CHECKOUT", context: user)
    /// ```
    ///
    /// Never fails and waits for nothing. The flag is evaluated, not by what the service did but by what the flag says of
    /// the user at this moment. The control plane is told about once a second while ``run()`` runs.
    ///
    /// - Parameters:
    ///   - name: What is counted, like a flag's key: 1 to 100 characters of `A-Z a-z 0-9 . _ -`. A few fixed names, no
    ///     user's: of more than 500 names, flags and cohorts together the rest is not counted.
    ///   - failed: Whether the attempt failed.
    ///   - flag: The key of the flag whose rollout is watched.
    ///   - context: Whom the flag is evaluated for.
    public func count(_ name: String, failed: Bool = false, flag: String, context: EvaluationContext) {
        let cohort = self.live.cohort(of: context, in: flag)
        let isFirst = self.live.counters.count(name, failed: failed, flag: flag, cohort: cohort)
        if isFirst { self.engine.watchCounts() }
    }
}
