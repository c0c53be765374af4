internal import FlagModel

extension GuardMetric {
    /// Refusals for which the user could not do anything, and which are nobody else's either: the ticket store was away.
    private static let storeRefusals: Set<String> = [
        "store-unavailable", "outcome-indeterminate", "random-unavailable",
    ]

    /// What was counted, of those whom a rollout concerns and of the rest.
    ///
    /// - Parameters:
    ///   - rollout: The plan.
    ///   - step: Which of its steps is in force.
    ///   - totals: All that was counted in the environment.
    func counts(of plan: RolloutPlan, at step: Int, in totals: [TelemetrySeries: Int64]) -> GuardCounts {
        var counts = GuardCounts()
        for (series, count) in totals {
            guard let (tally, cohort) = self.tally(series, count, plan) else { continue }
            switch plan.side(of: cohort, at: step) {
            case .concerned: counts.cohort += tally
            case .rest: counts.rest += tally
            case .neither: break
            }
        }
        return counts
    }

    /// What a series adds, and to whom; nil: nothing.
    private func tally(_ series: TelemetrySeries, _ count: Int64, _ plan: RolloutPlan) -> (Tally, Cohort)? {
        func all(_ failed: Bool) -> Tally { Tally(attempts: count, failures: failed ? count : 0) }
        switch (self, series) {
        case (.authenticationFailures, .attempts(let operation, let pathway, let cohort, let refusal)):
            guard Self.isAuthentication(operation, pathway, refusal) else { return nil }
            return (all(refusal != nil), cohort)
        case (.fallbacks, .attempts("issue", _, let cohort, let refusal)):
            guard refusal == nil || Self.isStoreRefusal(refusal) else { return nil }
            return (all(refusal != nil), cohort)
        case (.fallbacks, .attempts("pass-over", "ticket", let cohort, let refusal)):
            // A ticket that could be had and not be presented: the store was away in between.
            return Self.isStoreRefusal(refusal) ? (all(true), cohort) : nil
        case (.replays, .attempts("consume", _, let cohort, let refusal)):
            // A spent ticket does not say whose it was; but nobody has one who was not given it.
            if refusal == "ticket-replayed" { return (all(true), plan.ticketHolders) }
            return refusal == nil ? (all(false), cohort) : nil
        case (.ticketIssuanceSlow(let bound), .latency("issue", let cohort, let bucket)),
            (.ticketConsumptionSlow(let bound), .latency("consume", let cohort, let bucket)):
            return (all(bucket > bound.bucket), cohort)
        case (.counter(let wanted), .counter(let name, let flag, let cohort, let failed)):
            guard name == wanted, flag == plan.flag else { return nil }
            return (all(failed), cohort)
        default: return nil
        }
    }

    /// Whether something decided if a user got in. A ticket decides when it is consumed, or when it cannot be had; every
    /// other pathway when it is the handshake's outcome. What was passed over decided nothing.
    private static func isAuthentication(_ operation: String, _ pathway: String, _ refusal: String?) -> Bool {
        switch operation {
        case "consume": true
        case "issue": Self.isStoreRefusal(refusal) || refusal == "binding-mismatch"
        case "authenticate": pathway != "ticket"
        default: false
        }
    }

    private static func isStoreRefusal(_ refusal: String?) -> Bool {
        refusal.map(Self.storeRefusals.contains) ?? false
    }
}
