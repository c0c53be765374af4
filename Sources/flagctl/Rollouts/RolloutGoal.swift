import ArgumentParser
import FlagAPI

/// What somebody waits for who watches a rollout.
enum RolloutGoal: String, CaseIterable, Sendable, ExpressibleByArgument {
    /// That it stands still, or is through.
    case paused
    /// That its step is everywhere and no guard has anything against it, or it is through.
    case healthy
    /// That it is through.
    case completed
}

extension RolloutDetail {
    /// How a watch ends here; nil: it goes on.
    ///
    /// - Parameter goal: What is waited for; nil: the end, whatever it is, over all pauses.
    func end(for goal: RolloutGoal?) -> ExitStatus? {
        switch self.summary.state {
        case .completed, .rolledBack, .aborted: self.status
        case .paused, .awaitingApproval: goal.map { $0 == .paused ? .success : self.status }
        case .holding: goal == .healthy && self.guards.allSatisfy { $0.verdict == "pass" } ? .success : nil
        case .scheduled, .running: nil
        }
    }

    /// How a look at it ends.
    var status: ExitStatus {
        switch self.summary.state {
        case .scheduled, .running, .holding, .completed: .success
        case .awaitingApproval: .approvalNeeded
        case .paused: .paused
        case .rolledBack, .aborted: .rolledBack
        }
    }

    /// Why a look at it ends with anything but success; nil: it does not.
    var failure: Failure? { self.status == .success ? nil : self.failure(self.status) }

    func failure(_ status: ExitStatus) -> Failure {
        let rollout = "\(self.summary.environment) \(self.summary.id)"
        let hint: String? =
            switch self.summary.state {
            case .paused: "once that is settled: flagctl rollout resume \(rollout)"
            case .awaitingApproval: "somebody else may: flagctl rollout approve \(rollout)"
            case .scheduled, .running, .holding, .completed, .rolledBack, .aborted: nil
            }
        return Failure(
            status, "rollout-\(self.summary.state.rawValue)", "rollout \(self.summary.id) is \(self.summary.standing)",
            hint: hint)
    }
}
