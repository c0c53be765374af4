internal import FlagModel

/// Makes a change whose time has come, or says why not. Whatever comes of it is stored in the transaction that does it:
/// whenever the server is killed, it was made and noted, or neither.
struct ScheduleExecution {
    /// What came of it.
    struct Outcome: Sendable {
        /// The change, at its end; nil: it waits on.
        var record: ScheduledChange?
        /// What it did; nil: nothing.
        var made: CommitOutcome?
    }

    var id: Int64
    /// Authors without a token of ours who may still commit.
    var trusted: Set<String>
    var at: Timestamp

    func decide(on state: any StoredState) throws(ControlPlaneError) -> Decision<Outcome> {
        guard let record = try state.schedule(self.id), record.state == .waiting, record.at <= self.at else {
            return Decision(Outcome())
        }
        if record.isMissed(at: self.at) {
            let lateness = Duration.text(seconds: self.at.milliseconds(since: record.at) / 1000)
            return self.settle(
                record, .skipped, "it is \(lateness) late: the server was down, or a freeze held it back")
        }
        guard let author = try self.author(of: record, on: state) else {
            return self.settle(
                record, .refused, "\(record.author) may not commit in \(record.environment) any more")
        }
        do throws(ControlPlaneError) {
            return try self.execute(record, by: author, on: state)
        } catch .storage(let failure) {
            throw .storage(failure)
        } catch .frozen {
            return Decision(Outcome())
        } catch {
            return self.settle(record, .refused, error.description)
        }
    }

    private func execute(
        _ record: ScheduledChange, by author: Author, on state: any StoredState
    ) throws(ControlPlaneError) -> Decision<Outcome> {
        let head = try state.existingHead(of: record.environment)
        let request = Proposal.Request(
            author: author, reason: try Reason(record.reason), at: self.at, isDryRun: false)
        let decision = try record.content.decide(in: record.environment, base: head.revision, request, on: state)
        let outcome = decision.outcome
        if outcome.settingsChanged { return self.settle(record, .refused, "the settings were changed since") }
        if let stale = try self.stale(outcome, record, head, on: state) {
            return self.settle(record, .refused, stale)
        }
        let disturbance = try RolloutDisturbance(outcome: outcome, author: author).writes(on: state)
        let note = outcome.isChanged ? nil : "everything was already as it asks"
        var settled = self.settle(record, .executed, note, revision: outcome.record?.number)
        settled.outcome.made = outcome
        settled.writes = decision.writes + disturbance + settled.writes
        return settled
    }

    /// What it would overwrite that others changed after its author looked; nil: nothing.
    private func stale(
        _ outcome: CommitOutcome, _ record: ScheduledChange, _ head: EnvironmentHead, on state: any StoredState
    ) throws(ControlPlaneError) -> String? {
        let base = try state.existingContent(of: head, at: record.baseRevision)
        let since = ContentDifference(from: base, to: head.content).entries
        let touched = outcome.difference.entries.filter { entry in
            // The moment before which tickets are refused only ever moves on.
            !(entry.subject == .environment && entry.key.hasPrefix("ticketsNotBefore"))
                && since.contains { $0.subject == entry.subject && $0.key == entry.key }
        }
        guard !touched.isEmpty else { return nil }
        var parts: [String] = []
        for entry in touched { parts.append(try self.blame(entry, head, on: state)) }
        return "changed since revision \(record.baseRevision): " + parts.joined(separator: ", ")
    }

    private func blame(
        _ entry: ContentDifference.Entry, _ head: EnvironmentHead, on state: any StoredState
    ) throws(ControlPlaneError) -> String {
        guard entry.subject == .flag,
            let last = try state.revisions(
                of: head.name, flag: FlagKey(unchecked: entry.key), before: nil, limit: 1
            ).first
        else { return entry.key }
        return "\(entry.key) (in revision \(last.number) by \(last.author))"
    }

    /// The author, if they may still commit there.
    private func author(of record: ScheduledChange, on state: any StoredState) throws(ControlPlaneError) -> Author? {
        guard let id = record.token else {
            return self.trusted.contains(record.author) ? Author(name: record.author, role: .admin) : nil
        }
        let token = try state.tokens().first { $0.id == id }
        guard let token, token.isLive(at: self.at), token.covers(record.environment), token.role.allows(.commit) else {
            return nil
        }
        return token.author
    }

    private func settle(
        _ record: ScheduledChange, _ state: ScheduledChange.State, _ note: String?, revision: Int64? = nil
    ) -> Decision<Outcome> {
        let settled = record.settled(state, at: self.at, revision: revision, note: note)
        let audit = settled.audit("schedules.\(state.rawValue)", by: Author.system.name, at: self.at)
        return Decision(Outcome(record: settled), writes: [.schedule(settled), .audit(audit)])
    }
}
