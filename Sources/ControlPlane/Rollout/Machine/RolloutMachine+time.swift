internal import FlagModel

extension RolloutMachine {
    /// Time has passed. In a freeze it counts, and guards are heard; only nothing begins or advances.
    mutating func tick(minimumHold: Int64, isFrozen: Bool, at now: Timestamp) -> [RolloutAction] {
        self.lifetime = max(self.lifetime, minimumHold)
        switch self.phase {
        case .scheduled:
            guard let startsAt, startsAt <= now, !isFrozen else { return [] }
            return self.enter(0)
        case .running: return isFrozen ? [] : self.takePromotion(at: now)
        case .holding: return self.hold(isFrozen: isFrozen, at: now)
        case .paused, .awaitingApproval, .completed, .rolledBack, .aborted: return []
        }
    }

    /// Counts the time and advances when everything that a step waits for is there.
    private mutating func hold(isFrozen: Bool, at now: Timestamp) -> [RolloutAction] {
        let elapsed = min(max(0, now.milliseconds(since: self.tickedAt ?? now)), Self.maximumGap)
        self.tickedAt = now
        self.held += elapsed
        let promoted = isFrozen ? [] : self.takePromotion(at: now)
        guard promoted.isEmpty else { return promoted }
        guard self.held >= self.hold else { return [] }
        let waiting = self.undecidedGuards(at: now)
        // The end of the last step changes nothing.
        if waiting.isEmpty { return isFrozen && self.step < self.plan.lastStep ? [] : self.advance(to: self.step + 1) }
        self.undecided += min(elapsed, self.held - self.hold)
        guard self.undecided >= self.plan.undecidedAfter * 1000 else { return [] }
        let names = waiting.map { "\($0.name): \($0.verdict.rawValue)" }
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
        if kind == .guardFailed, rule.response == .rollback {
            return self.rollBack(reason, revokesTickets: self.plan.revokesTickets)
        }
        if case .paused = self.phase { return [] }
        return self.pause(reason)
    }
}
