public import FlagModel

extension RolloutMachine {
    /// What it waits for before it goes on, in the order in which that comes; empty when it is over.
    ///
    /// - Parameter frozenUntil: Until when nothing may begin or advance; nil: no freeze is open.
    public func waits(at now: Timestamp, frozenUntil: Timestamp? = nil) -> [RolloutWait] {
        let freeze = frozenUntil.map { [RolloutWait.freeze(until: $0)] } ?? []
        switch self.phase {
        case .scheduled: return [.start(self.startsAt)] + freeze
        case .running, .holding: break
        case .awaitingApproval(let step): return [.approval(step: step)]
        case .paused: return [.person]
        case .completed, .rolledBack, .aborted: return []
        }
        if self.promotion != nil {
            return [.ageing(milliseconds: self.age(at: now), of: self.lifetime * 1000)] + freeze
        }
        var waits: [RolloutWait] = self.isConverged ? [] : [.convergence]
        if self.held < self.hold { waits.append(.hold(milliseconds: self.held, of: self.hold)) }
        waits += self.undecidedGuards(at: now).map { .verdict(guard: $0.name, $0.verdict) }
        return self.step < self.plan.lastStep ? waits + freeze : waits
    }

    /// How long the step is held, in milliseconds: as planned, and at least until credentials of the step before have aged
    /// out. After the last one nothing comes that they could meet.
    public var hold: Int64 {
        max(self.plan.steps[self.step].hold, self.step == self.plan.lastStep ? 0 : self.lifetime) * 1000
    }

    /// What a guard said last of the step that is in force; `no-data` before it was asked.
    public func lastVerdict(of guardName: String) -> GuardVerdict { self.verdicts[guardName]?.verdict ?? .noData }

    /// How long ago the step that is in force was taken, in milliseconds; for ever, when none was.
    func age(at now: Timestamp) -> Int64 {
        guard self.inForce != nil else { return .max }
        return self.takenAt.map { max(0, now.milliseconds(since: $0)) } ?? self.held
    }

    /// The guards that the step waits for: all but those that lately said that nothing is wrong.
    func undecidedGuards(at now: Timestamp) -> [(name: String, verdict: GuardVerdict)] {
        self.plan.guards(at: self.step).compactMap { rule in
            guard let said = self.verdicts[rule.name], now.milliseconds(since: said.at) <= Self.maximumGap else {
                return (rule.name, .noData)
            }
            return said.verdict == .pass ? nil : (rule.name, said.verdict)
        }
    }
}
