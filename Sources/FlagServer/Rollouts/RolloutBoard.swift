internal import ControlPlane
internal import FlagAPI
internal import FlagModel

/// Puts together what is known of a rollout: what is stored, what its guards say, and which instances follow.
struct RolloutBoard: Sendable {
    let plane: ControlPlane
    let engine: RolloutEngine
    let fleet: Fleet
    let now: @Sendable () -> Timestamp

    func detail(of record: RolloutRecord) -> RolloutDetail {
        let machine = record.machine
        // Of what cannot be read nothing is made up.
        let isReadable = machine.fault == nil
        return RolloutDetail(
            summary: RolloutSummary(record), plan: isReadable ? machine.plan.json : [:],
            steps: !isReadable
                ? []
                : machine.plan.steps.indices.map { position in
                    RolloutStepDetail(machine.plan, at: position, machine.progress(of: position))
                },
            guards: self.guards(of: record),
            waitingFor: machine.waits(at: self.now(), frozenUntil: self.freezeEnd(in: record.environment))
                .map { self.words($0, record) },
            baseRevision: record.baseRevision, revision: machine.revision, heldMilliseconds: machine.held,
            holdMilliseconds: machine.hold)
    }

    private func guards(of record: RolloutRecord) -> [RolloutGuardDetail] {
        guard let step = record.machine.stepInForce else { return [] }
        let readings = self.engine.readings(of: record)
        return record.machine.plan.guards(at: step).map { rule in
            let reading = readings[rule.name]
            return RolloutGuardDetail(
                name: rule.name, metric: rule.metric.name,
                verdict: (reading?.verdict ?? record.machine.lastVerdict(of: rule.name)).rawValue,
                reading: reading?.description, evidence: reading?.json)
        }
    }

    private func freezeEnd(in environment: EnvironmentName) -> Timestamp? {
        self.plane.environments.first { $0.name == environment }?.freeze(at: self.now())?.until
    }

    private func words(_ wait: RolloutWait, _ record: RolloutRecord) -> String {
        switch wait {
        case .start(nil): return "someone to start it"
        case .start(let moment?): return "its time: \(moment)"
        case .convergence:
            guard let revision = record.machine.revision else { return "every instance" }
            let convergence = self.fleet.convergence(on: revision, in: record.environment)
            return "every instance: \(convergence.acknowledged) of \(convergence.instances)"
        case .hold(let milliseconds, let whole):
            return "hold: \(Self.text(milliseconds)) of \(Self.text(whole))"
        case .ageing(let milliseconds, let whole):
            return "tickets of this step to age out: \(Self.text(milliseconds)) of \(Self.text(whole))"
        case .verdict(let name, let verdict): return "guard \(name): \(verdict.rawValue)"
        case .freeze(let end): return "the end of a freeze: \(end)"
        case .approval(let step): return "approval of step \(step + 1)"
        case .person: return "someone to resume it"
        }
    }

    /// Milliseconds in minutes and seconds, or hours and minutes: `3m20s`.
    private static func text(_ milliseconds: Int64) -> String {
        let seconds = milliseconds / 1000
        return switch seconds {
        case ..<60: "\(seconds)s"
        case ..<3600: "\(seconds / 60)m" + (seconds % 60 == 0 ? "" : "\(seconds % 60)s")
        default: "\(seconds / 3600)h" + (seconds / 60 % 60 == 0 ? "" : "\(seconds / 60 % 60)m")
        }
    }
}
