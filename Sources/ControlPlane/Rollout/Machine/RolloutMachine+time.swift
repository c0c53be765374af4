internal import FlagModel

extension RolloutMachine {
    /// Time has passed.
    mutating func tick(minimumHold: Int64, at now: Timestamp) -> [RolloutAction] {
        switch self.phase {
        case .scheduled:
            guard let startsAt, startsAt <= now else { return [] }
            return self.enter(0)
        case .holding: return self.hold(minimumHold: minimumHold, at: now)
        case .running, .paused, .awaitingApproval, .completed, .rolledBack, .aborted: return []
        }
    }

    /// Counts the time and advances when everything that a step waits for is there.
    private mutating func hold(minimumHold: Int64, at now: Timestamp) -> [RolloutAction] {
        let elapsed = min(max(0, now.milliseconds(since: self.tickedAt ?? now)), Self.maximumGap)
        self.tickedAt = now
        self.held += elapsed
        let isLast = self.step == self.plan.lastStep
        let hold = max(self.plan.steps[self.step].hold, isLast ? 0 : minimumHold)
        guard self.held >= hold * 1000 else { return [] }
        let waiting = self.plan.guards(at: self.step).map(\.name).filter { name in
            guard let said = self.verdicts[name], said.verdict == .pass else { return true }
            return now.milliseconds(since: said.at) > Self.maximumGap
        }
        if waiting.isEmpty { return self.advance(to: self.step + 1) }
        self.undecided += min(elapsed, self.held - hold * 1000)
        guard self.undecided >= self.plan.undecidedAfter * 1000 else { return [] }
        let names = waiting.map { "\($0): \((self.verdicts[$0]?.verdict ?? .noData).rawValue)" }
        return self.pause(RolloutReason(.undecided, names.joined(separator: ", ")))
    }

    /// Goes to a step, or to the end.
    mutating func advance(to step: Int) -> [RolloutAction] {
        if step <= self.plan.lastStep { return self.enter(step) }
        self.phase = .completed
        return [.notify(.completed)]
    }

    /// Takes note of what a guard says of the step that is in force, be the rollout paused or waiting for an approval.
    mutating func judge(
        _ name: String, _ reading: GuardReading, at step: Int, _ now: Timestamp
    ) -> [RolloutAction] {
        guard step == self.inForce, let rule = self.plan.guards(at: step).first(where: { $0.name == name }) else {
            return []
        }
        // What was refused once would be refused every second.
        if self.phase.reason?.kind == .rollbackRefused { return [] }
        self.verdicts[name] = Verdict(verdict: reading.verdict, at: now)
        let kind: RolloutReason.Kind
        switch reading.verdict {
        case .fail: kind = .guardFailed
        case .outage: kind = .outage
        case .pass, .inconclusive, .noData: return []
        }
        let reason = RolloutReason(kind, "\(name): \(reading)", evidence: reading.json)
        if kind == .guardFailed, rule.response == .rollback { return self.rollBack(reason) }
        if case .paused = self.phase { return [] }
        return self.pause(reason)
    }
}
