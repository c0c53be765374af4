internal import FlagModel

/// What the guards of a rollout look at while one application of a step is in force.
struct GuardWatch: Sendable {
    /// One application of a step.
    struct Place: Sendable, Hashable {
        private let rollout: Int64
        private let revision: Int64
        private let step: Int

        /// Where a rollout stands; nil: no step is in force.
        init?(_ record: RolloutRecord) {
            guard let step = record.machine.inForce, let revision = record.machine.revision else { return nil }
            self.rollout = record.id
            self.revision = revision
            self.step = step
        }
    }

    private enum Monitor: Sendable {
        case ratio(GuardMonitor, start: GuardCounts)
        case query(QueryMonitor, QueryCondition)
        case idle(IdleCondition)
    }

    /// What each guard said last, by its name.
    private(set) var readings: [String: GuardReading] = [:]
    private var monitors: [(rule: RolloutGuard, monitor: Monitor)]

    /// Begins to look.
    ///
    /// - Parameters:
    ///   - number: How often guards have begun to look at this step, this time included.
    ///   - counts: What was counted of a metric until now.
    init(
        _ plan: RolloutPlan, at step: Int, number: Int, from now: Timestamp, counts: (GuardMetric) -> GuardCounts
    ) {
        let error = ErrorBudget.share(of: plan.errorShare, max(1, number))
        self.monitors = plan.guards(at: step).map { rule in
            if case .prometheus(let condition) = rule.metric {
                return (rule, .query(QueryMonitor(condition), condition))
            }
            if case .idle(let condition) = rule.metric { return (rule, .idle(condition)) }
            return (rule, .ratio(GuardMonitor(rule, since: now, error: error), start: counts(rule.metric)))
        }
    }

    /// What each guard says now, in the plan's order.
    mutating func look(
        at now: Timestamp, counts: (GuardMetric) -> GuardCounts, answers: (QueryCondition) -> QueryAnswer,
        idleness: (String) -> PathwayIdleness
    ) -> [(name: String, reading: GuardReading)] {
        self.monitors.indices.map { index in
            let rule = self.monitors[index].rule
            let reading: GuardReading
            switch self.monitors[index].monitor {
            case .ratio(var monitor, let start):
                reading = monitor.observe(counts(rule.metric) - start, at: now)
                self.monitors[index].monitor = .ratio(monitor, start: start)
            case .query(var monitor, let condition):
                reading = monitor.observe(answers(condition), at: now)
                self.monitors[index].monitor = .query(monitor, condition)
            case .idle(let condition): reading = idleness(condition.pathway).reading(condition, at: now)
            }
            self.readings[rule.name] = reading
            return (rule.name, reading)
        }
    }
}
