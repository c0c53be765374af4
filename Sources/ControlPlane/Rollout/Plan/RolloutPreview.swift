public import FlagModel

/// What a plan would do in an environment, before anything happens.
public struct RolloutPreview: Sendable, Hashable {
    /// A step as it would be taken.
    public struct Row: Sendable, Hashable {
        /// The step.
        public var step: RolloutStep
        /// The earliest that it is taken, in seconds after the start.
        public var startsAfter: Int64
        /// The share of users whose answer changes with it.
        public var affected: Percentage
        /// The names of the guards that watch it.
        public var guards: [String]
    }

    /// The environment.
    public var environment: EnvironmentName
    /// The flag.
    public var flag: FlagKey
    /// The revision that the plan was looked at on.
    public var revision: Int64
    /// The share in force.
    public var start: Percentage
    /// The steps in order.
    public var rows: [Row]
    /// The earliest end, in seconds after the start, if nobody has to be waited for.
    public var endsAfter: Int64
    /// The environment's invariants; all hold at every step.
    public var invariants: [String]

    /// Looks at a plan.
    ///
    /// - Throws: ``ControlPlaneError/invalidRollout(_:)`` with every fault.
    init(_ plan: RolloutPlan, on head: EnvironmentHead) throws(ControlPlaneError) {
        let issues = plan.issues(in: head)
        guard issues.isEmpty else { throw .invalidRollout(issues) }
        self.environment = head.name
        self.flag = plan.flag
        self.revision = head.revision
        self.start = head.content.flags[plan.flag]?.rollout?.percentage ?? .zero
        self.invariants = head.settings.invariants.map(\.name)
        self.rows = []
        self.endsAfter = 0
        var before = self.start.thousandths
        for (position, step) in plan.steps.enumerated() {
            let share = step.percentage.thousandths
            let affected = share > before ? share - before : before - share
            self.rows.append(
                Row(
                    step: step, startsAfter: self.endsAfter, affected: Percentage(thousandths: affected) ?? .zero,
                    guards: plan.guards(at: position).map(\.name)))
            self.endsAfter += step.hold
            before = share
        }
    }
}
