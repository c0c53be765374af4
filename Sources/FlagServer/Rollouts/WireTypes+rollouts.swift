internal import ControlPlane
internal import FlagAPI
internal import FlagModel

// What the control plane knows of rollouts, in the words of the wire, where steps are counted from 1.

extension RolloutState {
    init(_ phase: RolloutPhase) {
        switch phase {
        case .scheduled: self = .scheduled
        case .running: self = .running
        case .holding: self = .holding
        case .paused: self = .paused
        case .awaitingApproval: self = .awaitingApproval
        case .completed: self = .completed
        case .rolledBack: self = .rolledBack
        case .aborted: self = .aborted
        }
    }
}

extension RolloutCause {
    init(_ reason: RolloutReason) {
        self.init(kind: reason.kind.rawValue, detail: reason.detail, evidence: reason.evidence)
    }
}

extension RolloutSummary {
    init(_ record: RolloutRecord) {
        let machine = record.machine
        self.init(
            id: record.id, environment: record.environment, flag: record.flag, state: RolloutState(machine.phase),
            cause: machine.phase.reason.map { RolloutCause($0) }, step: Int64(machine.step + 1),
            steps: Int64(machine.plan.steps.count),
            percentage: machine.stepInForce.map { machine.plan.steps[$0].percentage.percent },
            startsAt: machine.startsAt, author: record.author, reason: record.reason, createdAt: record.createdAt,
            updatedAt: record.updatedAt)
    }
}

extension RolloutStepDetail {
    init(_ plan: RolloutPlan, at position: Int, _ progress: Progress) {
        let step = plan.steps[position]
        self.init(
            number: Int64(position + 1), percentage: step.percentage.percent, holdSeconds: step.hold,
            approval: step.needsApproval, guards: plan.guards(at: position).map(\.name), progress: progress)
    }
}

extension RolloutMachine {
    /// How far it is with a step.
    func progress(of step: Int) -> RolloutStepDetail.Progress {
        guard let inForce, step <= inForce else { return .ahead }
        return step == self.stepInForce ? .inForce : .passed
    }

    /// The step that is in force, from 0; none once the flag went back.
    var stepInForce: Int? {
        if case .rolledBack = self.phase { nil } else { self.inForce }
    }
}

extension RolloutHistory.Entry {
    init(_ entry: RolloutEntry, _ steps: [RolloutStep]) {
        let step = entry.step.flatMap { steps.indices.contains($0) ? steps[$0] : nil }
        self.init(
            at: entry.at, actor: entry.actor, event: entry.name, step: entry.step.map { Int64($0 + 1) },
            percentage: step?.percentage.percent, revision: entry.revision,
            cause: entry.reason.map { RolloutCause($0) })
    }
}

extension RolloutPreviewResult {
    init(_ preview: RolloutPreview, of plan: RolloutPlan, startsAt: Timestamp) {
        self.init(
            environment: preview.environment, flag: preview.flag, revision: preview.revision,
            from: preview.start.percent, startsAt: startsAt,
            steps: preview.rows.enumerated().map { position, row in
                Step(
                    step: RolloutStepDetail(plan, at: position, .ahead), startsAfterSeconds: row.startsAfter,
                    affected: row.affected.percent)
            }, endsAfterSeconds: preview.endsAfter, invariants: preview.invariants, plan: plan.json)
    }
}
