public import FlagModel

extension RolloutMachine {
    /// The state as JSON, without the plan and the beginning.
    public var stateJSON: JSONValue {
        var members: [String: JSONValue] = [
            "phase": .string(self.phase.name), "step": .integer(Int64(self.step)), "held": .integer(self.held),
            "undecided": .integer(self.undecided), "progress": .string(self.progress.rawValue),
            "watches": .integer(Int64(self.watches)), "converged": .bool(self.isConverged),
            "disturbed": .bool(self.isDisturbed),
            "verdicts": .object(
                self.verdicts.mapValues { said in
                    [
                        "verdict": .string(said.verdict.rawValue), "at": .integer(said.at.millisecondsSinceEpoch),
                    ]
                }),
        ]
        if let inForce = self.inForce { members["inForce"] = .integer(Int64(inForce)) }
        if let revision = self.revision { members["revision"] = .integer(revision) }
        if self.lifetime > 0 { members["lifetime"] = .integer(self.lifetime) }
        if let promotion = self.promotion { members["promotion"] = .integer(Int64(promotion)) }
        if let takenAt = self.takenAt { members["takenAt"] = .integer(takenAt.millisecondsSinceEpoch) }
        if let tickedAt = self.tickedAt { members["tickedAt"] = .integer(tickedAt.millisecondsSinceEpoch) }
        if let reason = self.phase.reason { members["reason"] = reason.json }
        return .object(members)
    }

    /// Reads the form that ``stateJSON`` writes; nil for anything else.
    public init?(_ plan: RolloutPlan, startsAt: Timestamp?, stateJSON json: JSONValue) {
        self.init(plan, startsAt: startsAt)
        guard let step = json["step"]?.integerValue.flatMap(Int.init(exactly:)), plan.steps.indices.contains(step),
            let phase = RolloutPhase(json["phase"]?.stringValue, step: step, RolloutReason(json: json["reason"])),
            let progress = json["progress"]?.stringValue.flatMap(Progress.init(rawValue:)),
            let held = json["held"]?.integerValue, let undecided = json["undecided"]?.integerValue,
            let isConverged = json["converged"]?.boolValue, let isDisturbed = json["disturbed"]?.boolValue,
            let verdicts = json["verdicts"]?.objectValue
        else { return nil }
        self.phase = phase
        self.step = step
        self.inForce = json["inForce"]?.integerValue.flatMap(Int.init(exactly:))
        self.revision = json["revision"]?.integerValue
        self.held = held
        self.undecided = undecided
        self.watches = json["watches"]?.integerValue.flatMap(Int.init(exactly:)) ?? 0
        self.progress = progress
        self.isConverged = isConverged
        self.isDisturbed = isDisturbed
        self.lifetime = json["lifetime"]?.integerValue ?? 0
        self.promotion = json["promotion"]?.integerValue.flatMap(Int.init(exactly:))
        self.takenAt = json["takenAt"]?.integerValue.map(Timestamp.init(millisecondsSinceEpoch:))
        self.tickedAt = json["tickedAt"]?.integerValue.map(Timestamp.init(millisecondsSinceEpoch:))
        self.verdicts = verdicts.compactMapValues { said in
            guard let verdict = said["verdict"]?.stringValue.flatMap(GuardVerdict.init(rawValue:)),
                let at = said["at"]?.integerValue
            else { return nil }
            return Verdict(verdict: verdict, at: Timestamp(millisecondsSinceEpoch: at))
        }
    }
}

extension RolloutPhase {
    /// The phase of that name.
    fileprivate init?(_ name: String?, step: Int, _ reason: RolloutReason?) {
        let plain: [Self] = [
            .scheduled, .running(step: step), .holding(step: step), .awaitingApproval(step: step), .completed, .aborted,
        ]
        let phases = plain + (reason.map { [.paused($0), .rolledBack($0)] } ?? [])
        guard let phase = phases.first(where: { $0.name == name }) else { return nil }
        self = phase
    }
}
