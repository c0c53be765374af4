internal import FlagModel

/// Applies a changeset to the revision that it was made on, if that is still the one in force.
struct CommitDecision {
    var environment: EnvironmentName
    var changeset: Changeset
    var request: Proposal.Request

    func decide(on state: any StoredState) throws(ControlPlaneError) -> Decision<CommitOutcome> {
        let head = try state.existingHead(of: self.environment)
        guard self.changeset.baseRevision == head.revision else {
            let base = try state.existingContent(of: head, at: self.changeset.baseRevision)
            throw .conflict(
                RevisionConflict(
                    environment: self.environment, base: self.changeset.baseRevision, current: head.revision,
                    difference: ContentDifference(from: base, to: head.content)))
        }
        var content = try head.applying(self.changeset.changes)
        for (position, change) in self.changeset.changes.enumerated() {
            guard case .revokeTickets(let moment) = change else { continue }
            try self.checkPast(moment, at: position)
            content.revokeTickets(before: moment, revision: head.revision + 1)
        }
        return try Proposal(
            environment: self.environment, head: head, settings: head.settings, content: content, request: self.request,
            origin: .commit, takesBack: self.changeset.changes.allSatisfy(\.takesBack),
            detail: ["changes": .array(self.changeset.changes.map(\.json))]
        ).decide()
    }

    /// The limit never moves backwards: one in the future would refuse every ticket until then, and nobody could lift it.
    private func checkPast(_ moment: Timestamp, at position: Int) throws(ControlPlaneError) {
        guard moment > self.request.at else { return }
        let message =
            "\(moment) is later than now, \(self.request.at), and could not be taken back; give now or an earlier time, "
            + "and check the clocks if you did"
        throw .invalidChange(
            InvalidChange(position: position, kind: .invalid, issues: [Issue(path: "before", message: message)]))
    }
}

extension EnvironmentHead {
    /// The content in force after `changes`.
    func applying(_ changes: [FlagChange]) throws(ControlPlaneError) -> EnvironmentContent {
        do {
            return try self.content.applying(changes)
        } catch {
            guard error.kind == .unknownFlag, let key = changes[error.position].flag else {
                throw .invalidChange(error)
            }
            throw .unknownFlag(
                key, self.name,
                suggestion: NearestName.suggestion(for: key.text, among: self.content.flags.keys.map(\.text)))
        }
    }
}

extension FlagChange {
    /// Whether it only takes something back, as a kill does.
    fileprivate var takesBack: Bool {
        switch self {
        case .kill, .revokeTickets: true
        case .put, .remove, .enable, .disable, .serve, .set, .rollout, .putSegment, .removeSegment: false
        }
    }
}
