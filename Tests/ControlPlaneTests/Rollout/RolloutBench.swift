import ControlPlane
import FlagModel

/// A rollout's machine under test, with a clock that stands still and a flag that does what the machine says.
struct RolloutBench {
    var machine: RolloutMachine
    var now = Timestamp(millisecondsSinceEpoch: 1_750_000_000_000)
    /// The steps that were applied, in order.
    var applied: [Int] = []
    /// When each was applied, and how long credentials lived by then, in seconds.
    var taken: [(step: Int, at: Timestamp, lifetime: Int64)] = []
    /// The shares that were in force, in order; the first is the one before the rollout.
    var shares: [Percentage] = [.zero]
    var notices: [RolloutNotice] = []
    var rollbacks = 0
    var revision: Int64 = 1
    /// Whether the next step is refused.
    var refusesSteps = false
    var refusesRollback = false

    init(_ plan: RolloutPlan = Self.plan(), startsAt: Timestamp? = nil) {
        self.machine = RolloutMachine(plan, startsAt: startsAt)
    }

    static let steps = "1%:10m,25%:30m,100%"
    static let failures = RolloutGuard(name: "failures", metric: .authenticationFailures)

    static func plan(
        _ steps: String = Self.steps, guards: [RolloutGuard] = [], approvalAt: Int? = nil
    ) -> RolloutPlan {
        let steps = steps.split(separator: ",").map { text in
            let parts = text.split(separator: ":")
            return RolloutStep(
                percentage: Percentage(percent: Double(parts[0].dropLast()) ?? 0) ?? .zero,
                hold: parts.count > 1 ? Duration.seconds(parsing: String(parts[1])) ?? 0 : 0)
        }
        var plan = RolloutPlan(flag: Fixture.tickets, variant: "on", steps: steps, guards: guards)
        if let approvalAt { plan.steps[approvalAt].needsApproval = true }
        return plan
    }

    var phase: RolloutPhase { self.machine.phase }

    /// Hands in an event and carries out what the machine wants done, as a transaction does.
    mutating func handle(_ event: RolloutEvent) throws {
        for action in try self.machine.handle(event, at: self.now) {
            switch action {
            case .notify(let notice): self.notices.append(notice)
            case .apply(let step):
                if self.refusesSteps { return try self.handle(.stepRefused("an invariant")) }
                self.revision += 1
                self.applied.append(step)
                self.taken.append((step, self.now, self.machine.lifetime))
                self.shares.append(self.machine.plan.steps[step].percentage)
                try self.handle(.stepApplied(revision: self.revision))
            case .rollback(_):
                if self.refusesRollback { return try self.handle(.rollbackRefused("an invariant")) }
                self.revision += 1
                self.rollbacks += 1
                self.shares.append(self.shares[0])
            }
        }
    }

    mutating func handle(_ command: RolloutCommand) throws { try self.handle(.command(command)) }

    /// Lets time pass, with a tick every ten seconds and the same verdict of all guards at each.
    mutating func pass(_ seconds: Int64, _ verdict: GuardVerdict = .pass) throws {
        for _ in 0..<(seconds / 10) {
            self.now = self.now.advanced(byMilliseconds: 10_000)
            try self.judge(verdict)
            try self.handle(.tick(minimumHold: 0))
        }
    }

    /// All guards of the step that is in force say the same.
    mutating func judge(_ verdict: GuardVerdict) throws {
        guard let step = self.machine.inForce else { return }
        for rule in self.machine.plan.guards(at: step) {
            try self.handle(.verdict(guard: rule.name, Self.reading(verdict), step: step))
        }
    }

    /// A verdict with one failure in ten attempts as evidence.
    static func reading(_ verdict: GuardVerdict) -> GuardReading {
        GuardReading(
            verdict: verdict, counts: GuardCounts(cohort: Tally(attempts: 10, failures: 1)), milliseconds: 1000,
            error: 0.01)
    }

    /// Every instance has what is in force.
    mutating func converge() throws { try self.handle(.converged(revision: self.revision)) }

    mutating func start() throws {
        try self.handle(.started)
        try self.converge()
    }

    var reason: RolloutReason.Kind? { self.phase.reason?.kind }
}
