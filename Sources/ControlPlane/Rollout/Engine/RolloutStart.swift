internal import FlagModel

/// Starts a rollout, or schedules it.
struct RolloutStart {
    var plan: RolloutPlan
    var environment: EnvironmentName
    var startsAt: Timestamp?
    var author: Author
    var reason: Reason
    var at: Timestamp

    func decide(on state: any StoredState) throws(ControlPlaneError) -> Decision<RolloutOutcome> {
        guard self.author.role.allows(.manageRollouts) else {
            throw .permissionNeeded(.manageRollouts, for: "starting a rollout")
        }
        let head = try state.existingHead(of: self.environment)
        _ = try RolloutPreview(self.plan, on: head)
        if let other = try state.liveRollouts(in: self.environment).first(where: { $0.flag == self.plan.flag }) {
            throw .rolloutRefused(
                other.id,
                "it is \(other.machine.phase.name) on \(self.plan.flag): wait for its end, or abort or undo it")
        }
        let record = RolloutRecord(
            id: try state.lastRolloutID() + 1, environment: self.environment, author: self.author.name,
            reason: self.reason.text, createdAt: self.at, updatedAt: self.at,
            machine: RolloutMachine(self.plan, startsAt: self.startsAt))
        var drive = try RolloutDrive(record, isNew: true, on: state, by: self.author, at: self.at)
        if self.startsAt == nil { try drive.handle(.started) }
        return drive.decision(
            audit: AuditDraft(
                at: self.at, actor: self.author.name, action: "rollouts.start", environment: self.environment,
                revision: nil, reason: self.reason.text,
                detail: ["rollout": .integer(record.id), "plan": self.plan.json]))
    }
}
