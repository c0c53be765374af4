internal import FlagModel

/// Does what a person asks of a rollout.
struct RolloutCommandDecision {
    var id: Int64
    var environment: EnvironmentName
    var command: RolloutCommand
    var author: Author
    var reason: Reason
    var at: Timestamp

    func decide(on state: any StoredState) throws(ControlPlaneError) -> Decision<RolloutOutcome> {
        let record = try state.existingRollout(self.id, in: self.environment)
        guard self.author.role.allows(self.command.permission) else {
            throw .permissionNeeded(self.command.permission, for: self.command.name + " of a rollout")
        }
        if case .approve = self.command { try self.checkApprover(of: record) }
        var drive = try RolloutDrive(record, on: state, by: self.author, at: self.at)
        // It may have to wait for tickets to age out; that it must not happen now is said at once.
        if case .promote = self.command { try drive.head.checkFreeze(at: self.at) }
        if case .undo = self.command, record.machine.phase.isOver {
            try self.checkUndone(record, drive.head, on: state)
        }
        try drive.handle(.command(self.command, because: self.reason.text))
        return drive.decision(
            because: self.reason.text,
            audit: AuditDraft(
                at: self.at, actor: self.author.name, action: "rollouts.\(self.command.name)",
                environment: self.environment, revision: nil, reason: self.reason.text,
                detail: ["rollout": .integer(self.id)]))
    }

    /// Nobody approves a rollout of their own.
    private func checkApprover(of record: RolloutRecord) throws(ControlPlaneError) {
        guard self.author.name != record.author else {
            throw .rolloutRefused(record.id, "\(record.author) started it; someone else has to approve its steps")
        }
    }

    /// What was changed after the end of the rollout is not reverted in silence.
    private func checkUndone(
        _ record: RolloutRecord, _ head: EnvironmentHead, on state: any StoredState
    ) throws(ControlPlaneError) {
        // Of one that went back itself the machine says so: its own way back is nobody else's change.
        if case .rolledBack(let cause) = record.machine.phase, cause.kind != .killed { return }
        if let other = try state.liveRollouts(in: self.environment).first(where: { $0.flag == record.flag }) {
            throw .rolloutRefused(record.id, "rollout \(other.id) moves \(record.flag) now; undo that one")
        }
        guard let end = record.machine.revision,
            let last = try state.revisions(
                of: head.name, flag: record.flag, before: nil, limit: 1
            ).first, last.number > end
        else { return }
        let current = head.content.flags[record.flag]
        var left = try state.existingContent(of: head, at: end).flags[record.flag]
        if record.machine.phase.reason?.kind == .killed, let current { left?.isKilled = current.isKilled }
        guard left?.moves(like: current) == true else {
            throw .rolloutRefused(
                record.id,
                "\(record.flag) was changed after its end, in revision \(last.number); roll back to a revision instead")
        }
    }
}
