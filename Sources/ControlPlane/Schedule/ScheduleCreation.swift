internal import FlagModel

/// Schedules a change, if it could be made now: on the revision that its author saw, and within the invariants.
struct ScheduleCreation {
    /// How far ahead, in milliseconds: a year.
    private static let farthest: Int64 = 366 * 86_400_000
    /// How many may wait in one environment.
    private static let mostWaiting = 100

    var content: ScheduledChange.Content
    var terms: ScheduleTerms
    var environment: EnvironmentName
    var baseRevision: Int64?
    var request: Proposal.Request

    func decide(on state: any StoredState) throws(ControlPlaneError) -> Decision<ScheduleOutcome> {
        let head = try state.existingHead(of: self.environment)
        let now = self.request.at
        try self.checkTerms(now)
        var request = self.request
        request.isDryRun = true
        // As it would be at its time, for a freeze that is known to hold it back then.
        request.at = self.terms.at
        let base = self.baseRevision ?? head.revision
        let preview = try self.content.decide(in: self.environment, base: base, request, on: state).outcome
        guard !preview.settingsChanged else {
            throw .invalidSchedule([
                Issue(path: "document", message: "changes settings, which are not scheduled; apply those by themselves")
            ])
        }
        guard !self.request.isDryRun else { return Decision(ScheduleOutcome(record: nil, preview: preview)) }
        let waiting = try state.schedules(
            of: self.environment, waitingOnly: true, before: nil, limit: Self.mostWaiting)
        guard waiting.count < Self.mostWaiting else {
            throw .invalidSchedule([
                Issue(path: "", message: "\(Self.mostWaiting) changes wait already; cancel one first")
            ])
        }
        let author = self.request.author.name
        let record = ScheduledChange(
            id: try state.lastScheduleID() + 1, environment: self.environment, at: self.terms.at,
            ifMissed: self.terms.ifMissed, content: self.content, baseRevision: base, author: author,
            token: try state.tokens().first { $0.name == author && $0.isLive(at: now) }?.id,
            reason: self.request.reason.text, createdAt: now)
        return Decision(
            ScheduleOutcome(record: record, preview: preview),
            writes: [
                .schedule(record),
                .audit(record.audit("schedules.create", by: author, at: now, ["content": self.content.json])),
            ])
    }

    private func checkTerms(_ now: Timestamp) throws(ControlPlaneError) {
        var issues: [Issue] = []
        if self.terms.at <= now {
            issues.append(Issue(path: "schedule.at", message: "\(self.terms.at) is not in the future"))
        }
        if self.terms.at.milliseconds(since: now) > Self.farthest {
            issues.append(Issue(path: "schedule.at", message: "\(self.terms.at) is more than a year away"))
        }
        if case .skip(let grace) = self.terms.ifMissed, !(0...30 * 86_400).contains(grace) {
            issues.append(Issue(path: "schedule.graceSeconds", message: "expected 0 to 30 days"))
        }
        guard issues.isEmpty else { throw .invalidSchedule(issues) }
    }
}

extension ScheduledChange {
    /// The audit's entry about what happens to it.
    func audit(
        _ action: String, by actor: String, at moment: Timestamp, _ more: [String: JSONValue] = [:]
    ) -> AuditDraft {
        var detail = more
        detail["schedule"] = .integer(self.id)
        detail["at"] = .string(self.at.description)
        detail["note"] = self.note.map { .string($0) }
        detail["made"] = self.revision.map { .integer($0) }
        return AuditDraft(
            at: moment, actor: actor, action: action, environment: self.environment, revision: nil,
            reason: self.reason, detail: .object(detail))
    }
}
