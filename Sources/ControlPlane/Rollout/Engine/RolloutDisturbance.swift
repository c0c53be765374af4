internal import FlagModel

/// What a revision that someone else makes means for the rollouts of the flags that it changes: written in the same
/// transaction, so that no rollout goes on for a moment over a kill.
struct RolloutDisturbance {
    var outcome: CommitOutcome
    var author: Author

    func writes(on state: any StoredState) throws(ControlPlaneError) -> [StorageWrite] {
        guard let record = self.outcome.record, !self.outcome.isDryRun else { return [] }
        var writes: [StorageWrite] = []
        for rollout in try state.liveRollouts(in: self.outcome.environment)
        where record.flags.contains(rollout.flag) {
            guard let event = self.event(for: rollout.flag, record) else { continue }
            var drive = try RolloutDrive(
                rollout, head: self.outcome.head, on: state, by: self.author, at: self.outcome.at)
            try drive.handle(event)
            writes += drive.decision().writes
        }
        return writes
    }

    private func event(for flag: FlagKey, _ record: RevisionRecord) -> RolloutEvent? {
        let before = self.outcome.previous?.content.flags[flag]
        if before?.moves(like: self.outcome.head.content.flags[flag]) == true { return nil }
        return switch record.origin {
        case .kill: .killed
        case .rollback: .rolledBackByHand
        case .commit, .apply, .rollout: .otherChange("revision \(record.number) by \(record.author) changed \(flag)")
        }
    }
}

extension FlagDefinition {
    /// Whether two definitions serve the same, whatever they say to people.
    func moves(like other: Self?) -> Bool {
        guard var other else { return false }
        other.description = self.description
        other.owner = self.owner
        other.metadata = self.metadata
        return self == other
    }
}
