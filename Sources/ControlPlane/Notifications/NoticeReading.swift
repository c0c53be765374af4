internal import FlagModel

/// Finds in what a transaction writes that which people want to be told.
struct NoticeReading {
    var writes: [StorageWrite]

    /// The notices, in the order of the writes.
    var notices: [Notice] { self.writes.compactMap(self.notice) }

    private func notice(of write: StorageWrite) -> Notice? {
        switch write {
        case .environment(let write): Self.notice(of: write)
        case .rolloutEntry(let entry): self.notice(of: entry)
        case .review(let review): Self.notice(of: review)
        case .schedule(let change): Self.notice(of: change)
        default: nil
        }
    }

    private static func notice(of write: EnvironmentWrite) -> Notice? {
        guard let record = write.revision else { return nil }
        var data: [String: JSONValue] = [
            "revision": .integer(record.number), "author": .string(record.author), "reason": .string(record.reason),
            "kind": .string(record.origin.rawValue), "digest": .string(record.digest),
            "flags": .array(record.flags.map { .string($0.text) }),
            "segments": .array(record.segments.map { .string($0.text) }),
        ]
        if let restored = record.restoredRevision { data["restoredRevision"] = .integer(restored) }
        return Notice(event: .revisionMade, environment: write.head.name, at: record.at, data: .object(data))
    }

    private func notice(of entry: RolloutEntry) -> Notice? {
        guard let event = WebhookEvent(rawValue: "rollout.\(entry.name)"),
            let rollout = self.writes.lazy.compactMap(\.rollout).first(where: { $0.id == entry.rollout })
        else { return nil }
        var data: [String: JSONValue] = [
            "rollout": .integer(entry.rollout), "flag": .string(rollout.flag.text), "actor": .string(entry.actor),
            "revision": .integer(entry.revision),
        ]
        if let step = entry.step {
            data["step"] = .integer(Int64(step) + 1)
            data["percentage"] = rollout.machine.plan.steps[step].percentage.json
        }
        if let reason = entry.reason { data["reason"] = reason.json }
        return Notice(event: event, environment: rollout.environment, at: entry.at, data: .object(data))
    }

    private static func notice(of review: Review) -> Notice {
        var data: [String: JSONValue] = [
            "review": .integer(review.id), "cause": .string(review.cause.rawValue), "author": .string(review.author),
            "reason": .string(review.reason), "revision": .integer(review.revision),
            "flags": .array(review.flags.map { .string($0.text) }),
        ]
        if let rollout = review.rollout { data["rollout"] = .integer(rollout) }
        if let evidence = review.evidence { data["evidence"] = evidence }
        if let closing = review.closing {
            data["closedBy"] = .string(closing.by)
            data["note"] = .string(closing.note)
        }
        return Notice(
            event: review.closing == nil ? .reviewOpened : .reviewClosed, environment: review.environment,
            at: review.closing?.at ?? review.at, data: .object(data))
    }

    private static func notice(of change: ScheduledChange) -> Notice? {
        guard let event = WebhookEvent(rawValue: "schedule.\(change.state.rawValue)"), let at = change.settledAt else {
            return nil
        }
        var data: [String: JSONValue] = [
            "schedule": .integer(change.id), "at": .string(change.at.description), "author": .string(change.author),
            "reason": .string(change.reason),
        ]
        data["revision"] = change.revision.map { .integer($0) }
        data["note"] = change.note.map { .string($0) }
        return Notice(event: event, environment: change.environment, at: at, data: .object(data))
    }
}

extension StorageWrite {
    /// The rollout that it stores.
    var rollout: RolloutRecord? {
        if case .rollout(let record) = self { record } else { nil }
    }
}
