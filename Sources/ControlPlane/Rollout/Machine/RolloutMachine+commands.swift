internal import FlagModel

extension RolloutMachine {
    /// Does what a person asks for, or says why not.
    mutating func obey(
        _ command: RolloutCommand, because reason: String, at now: Timestamp
    ) throws(RolloutRefusal) -> [RolloutAction] {
        switch (command, self.phase) {
        case (.pause, .scheduled), (.pause, .running), (.pause, .holding), (.pause, .awaitingApproval):
            return self.pause(RolloutReason(.byHand, reason))
        case (.resume, .paused(let cause)) where cause.kind == .unreadable:
            throw self.refusal(of: command, "what is stored of it cannot be read; abort it or undo it")
        case (.resume, .paused):
            if self.progress == .due { try self.requireAge(for: command, at: now) }
            return self.resume(at: now)
        case (.promote(let full), .running), (.promote(let full), .holding):
            guard self.progress == .taken else { throw self.refusal(of: command, "its step is not in force yet") }
            return self.promote(full: full, at: now)
        case (.promote, .paused): throw self.refusal(of: command, "resume it first")
        case (.approve(let step), .awaitingApproval(let awaited)):
            guard step == awaited else {
                throw self.refusal(of: command, "the step that waits is \(awaited + 1), not \(step + 1)")
            }
            try self.requireAge(for: command, at: now)
            return self.enter(awaited, needsApproval: false)
        case (.abort, .scheduled), (.abort, .running), (.abort, .holding), (.abort, .paused),
            (.abort, .awaitingApproval):
            self.phase = .aborted
            return [.notify(.aborted)]
        // A kill leaves the share as it was, for whoever enables the flag again.
        case (.undo, .rolledBack(let cause)) where cause.kind != .killed || self.progress == .notBegun:
            throw self.refusal(of: command, "the flag is back already")
        case (.undo(let revokesTickets), _):
            guard self.progress != .notBegun else {
                throw self.refusal(of: command, "it has not begun; abort it instead")
            }
            return self.rollBack(RolloutReason(.undone, reason), revokesTickets: revokesTickets)
        case (.pause, _), (.resume, _), (.promote, _), (.approve, _), (.abort, _):
            throw self.refusal(of: command, "look at its status")
        }
    }

    /// Goes on where it stood; from the beginning of the step if someone else changed the flag meanwhile, for then it is
    /// not known what was held.
    private mutating func resume(at now: Timestamp) -> [RolloutAction] {
        switch self.progress {
        case .notBegun: self.phase = .scheduled
        case .unapproved: self.phase = .awaitingApproval(step: self.step)
        case .due: return [.notify(.resumed)] + self.enter(self.step, needsApproval: self.isDisturbed ? nil : false)
        case .taken:
            if self.isDisturbed { return [.notify(.resumed)] + self.enter(self.step) }
            self.phase = self.isConverged ? .holding(step: self.step) : .running(step: self.step)
            self.tickedAt = now
            self.undecided = 0
        }
        return [.notify(.resumed)]
    }

    /// Takes the next step, or the last one. Whoever passes over steps does not pass over their approvals.
    private mutating func promote(full: Bool, at now: Timestamp) -> [RolloutAction] {
        let next = full ? max(self.plan.lastStep, self.step + 1) : self.step + 1
        guard next <= self.plan.lastStep else { return self.advance(to: next) }
        self.promotion = next
        return self.takePromotion(at: now)
    }

    /// Takes the step that someone wants next, once credentials of the one in force have aged out: whoever got one under
    /// it must not meet two changes with it.
    mutating func takePromotion(at now: Timestamp) -> [RolloutAction] {
        guard let next = self.promotion, self.age(at: now) >= self.lifetime * 1000 else { return [] }
        return self.enter(next, needsApproval: self.plan.steps[(self.step + 1)...next].contains(where: \.needsApproval))
    }

    /// Sees to it that no step follows while credentials of the one in force live, by a lifetime that was raised while it
    /// stood still.
    private func requireAge(for command: RolloutCommand, at now: Timestamp) throws(RolloutRefusal) {
        let missing = self.lifetime * 1000 - self.age(at: now)
        guard missing <= 0 else {
            throw self.refusal(
                of: command, "tickets of the step in force are still good; try again in \((missing + 999) / 1000) s")
        }
    }

    private func refusal(of command: RolloutCommand, _ cure: String) -> RolloutRefusal {
        RolloutRefusal(description: "the rollout is \(self.phase.name), so it cannot do \(command.name): \(cure)")
    }
}
