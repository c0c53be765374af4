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
        if case .approve = self.command { try self.checkApprover(of: record, on: state) }
        var drive = try RolloutDrive(record, on: state, by: self.author, at: self.at)
        if self.command == .undo, record.machine.phase.isOver { try self.checkUndone(record, drive.head, on: state) }
        try drive.handle(.command(self.command))
        return drive.decision(
            audit: AuditDraft(
                at: self.at, actor: self.author.name, action: "rollouts.\(self.command.name)",
                environment: self.environment, revision: nil, reason: self.reason.text,
                detail: ["rollout": .integer(self.id)]))
    }

    /// Nobody approves a rollout of their own.
    private func checkApprover(of record: RolloutRecord, on state: any StoredState) throws(ControlPlaneError) {
        guard self.author.role.allows(.approve) else {
            throw .permissionNeeded(.approve, for: "approving a step of a rollout")
        }
        guard self.author.name != record.author else {
            throw .rolloutRefused(record.id, "\(record.author) started it; someone else has to approve its steps")
        }
    }

    /// What was changed after the end of the rollout is not reverted in silence.
    private func checkUndone(
        _ record: RolloutRecord, _ head: EnvironmentHead, on state: any StoredState
    ) throws(ControlPlaneError) {
        if let other = try state.liveRollouts(in: self.environment).first(where: { $0.flag == record.flag }) {
            throw .rolloutRefused(record.id, "rollout \(other.id) moves \(record.flag) now; undo that one")
        }
        guard let end = record.machine.revision,
            let last = try state.revisions(
                of: head.name, flag: record.flag, before: nil, limit: 1
            ).first, last.number > end
        else { return }
        let left = try state.existingContent(of: head, at: end).flags[record.flag]
        guard left?.moves(like: head.content.flags[record.flag]) == true else {
            throw .rolloutRefused(
                record.id,
                "\(record.flag) was changed after its end, in revision \(last.number); roll back to a revision instead")
        }
    }
}
