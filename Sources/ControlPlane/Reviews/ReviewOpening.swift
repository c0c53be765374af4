internal import FlagModel

/// Finds in what a transaction writes that which someone else has to look at afterwards: a kill, a rollback, and the way
/// back of a rollout.
struct ReviewOpening {
    var writes: [StorageWrite]

    /// The review items to open, numbered from the next free number on.
    func reviews(on state: any StoredState) throws(ControlPlaneError) -> [Review] {
        var found = self.writes.compactMap { write -> Review? in
            switch write {
            case .environment(let write): Self.review(of: write)
            case .rolloutEntry(let entry): self.review(of: entry)
            default: nil
            }
        }
        guard !found.isEmpty else { return [] }
        let last = try state.lastReviewID()
        for position in found.indices { found[position].id = last + 1 + Int64(position) }
        return found
    }

    private static func review(of write: EnvironmentWrite) -> Review? {
        guard let record = write.revision else { return nil }
        let cause: Review.Cause
        switch record.origin {
        case .kill: cause = .kill
        case .rollback: cause = .rollback
        case .commit, .apply, .rollout: return nil
        }
        return Review(
            id: 0, environment: write.head.name, cause: cause, author: record.author, reason: record.reason,
            at: record.at, revision: record.number, flags: record.flags)
    }

    /// A rollout that ends because of a kill, or of a rollback by hand, is part of that one's review.
    private func review(of entry: RolloutEntry) -> Review? {
        guard let reason = entry.reason, entry.name == RolloutNotice.rolledBack(reason).name,
            reason.kind == .guardFailed || reason.kind == .undone, let rollout = self.rollout(entry.rollout)
        else { return nil }
        return Review(
            id: 0, environment: rollout.environment, cause: .rolloutRollback, author: entry.actor,
            reason: self.words(about: entry.rollout) ?? reason.text, at: entry.at, revision: entry.revision,
            rollout: entry.rollout, flags: [rollout.flag], evidence: reason.evidence)
    }

    /// The rollout as this transaction leaves it.
    private func rollout(_ id: Int64) -> RolloutRecord? {
        for case .rollout(let record) in self.writes where record.id == id { return record }
        return nil
    }

    /// What the person said who took the rollout back.
    private func words(about rollout: Int64) -> String? {
        for case .audit(let draft) in self.writes where draft.detail["rollout"] == .integer(rollout) {
            if !draft.reason.isEmpty, draft.revision == nil { return draft.reason }
        }
        return nil
    }
}

extension Review {
    /// The audit's entry about its opening.
    var openingAudit: AuditDraft {
        var detail: [String: JSONValue] = ["review": .integer(self.id), "cause": .string(self.cause.rawValue)]
        if let rollout = self.rollout { detail["rollout"] = .integer(rollout) }
        if let evidence = self.evidence { detail["evidence"] = evidence }
        return AuditDraft(
            at: self.at, actor: self.author, action: "reviews.open", environment: self.environment, revision: nil,
            reason: self.reason, detail: .object(detail))
    }
}
