internal import FlagModel

/// Restores an older revision's flags, segments and metadata, on whatever revision is in force.
///
/// What was revoked stays revoked: neither limit below which tickets are refused moves backwards.
struct RollbackDecision {
    var environment: EnvironmentName
    /// The revision to restore; nil: the newest one before the one in force that would change something.
    var target: Int64?
    /// Whether tickets issued until now are refused from now on.
    var revokesTickets: Bool
    var request: Proposal.Request

    func decide(on state: any StoredState) throws(ControlPlaneError) -> Decision<CommitOutcome> {
        let head = try state.existingHead(of: self.environment)
        var restored =
            if let target = self.target {
                try self.content(at: target, head, state)
            } else {
                try self.newestDifferent(before: head, state)
            }
        restored.content.ticketsNotBefore = head.content.ticketsNotBefore
        restored.content.ticketsNotBeforeRevision = head.content.ticketsNotBeforeRevision
        if self.revokesTickets {
            restored.content.revokeTickets(before: self.request.at, revision: head.revision + 1)
        }
        return try Proposal(
            environment: self.environment, head: head, settings: head.settings, content: restored.content,
            request: self.request, origin: .rollback, restoredRevision: restored.revision,
            keptKilled: restored.keptKilled
        ).decide()
    }

    private typealias Restored = (revision: Int64, content: EnvironmentContent, keptKilled: [FlagKey])

    private func content(
        at target: Int64, _ head: EnvironmentHead, _ state: any StoredState
    ) throws(ControlPlaneError) -> Restored {
        guard target > 0 else { throw .unknownRevision(head.name, revision: target, newest: head.revision) }
        return (target, try state.existingContent(of: head, at: target), [])
    }

    /// Walks back from the revision in force to the newest one that differs from the one in force.
    ///
    /// Two things must not happen to the operator who types `rollback` a second time. What the first rollback took back
    /// must not return: the walk continues before the revision that a rollback restored. And a flag that was killed must
    /// not come alive: it stays killed, and a revision that differs only in that is passed over.
    private func newestDifferent(
        before head: EnvironmentHead, _ state: any StoredState
    ) throws(ControlPlaneError) -> Restored {
        var number = head.revision
        while true {
            while let restored = try state.revision(number, of: head.name)?.restoredRevision { number = restored }
            number -= 1
            guard number > 0 else { throw .nothingToRollBackTo(head.name, revision: head.revision) }
            var content = try state.content(of: head.name, at: number)
            let keptKilled = content.keepKilled(in: head.content)
            content.ticketsNotBefore = head.content.ticketsNotBefore
            content.ticketsNotBeforeRevision = head.content.ticketsNotBeforeRevision
            if content.settled(like: head.content) != head.content { return (number, content, keptKilled) }
        }
    }
}

extension EnvironmentContent {
    /// Kills the flags that are killed in `other`; returns those that were not.
    mutating func keepKilled(in other: EnvironmentContent) -> [FlagKey] {
        let keys = self.flags.keys.filter { key in
            other.flags[key]?.isKilled == true && self.flags[key]?.isKilled == false
        }
        for key in keys { self.flags[key]?.isKilled = true }
        return keys.sorted()
    }
}
