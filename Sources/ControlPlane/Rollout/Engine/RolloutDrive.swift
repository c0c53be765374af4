internal import FlagModel

/// Drives a rollout within one transaction: events in, and everything that the machine wants done becomes a write of that
/// same transaction, the new state among them.
///
/// So a step is in force exactly when the stored state says so, whenever the server is killed.
struct RolloutDrive {
    /// Progress alone is stored no more often than that, in milliseconds; what is lost of it makes a step longer, never
    /// shorter.
    private static let progressInterval: Int64 = 5000

    private(set) var record: RolloutRecord
    private(set) var head: EnvironmentHead
    private var notices: [RolloutNotice] = []
    private var revisions: [StorageWrite] = []
    private let stored: RolloutRecord?
    private let state: any StoredState
    private let author: Author
    private let now: Timestamp

    /// A drive of a rollout.
    ///
    /// - Parameter isNew: Whether it is not stored yet.
    init(
        _ record: RolloutRecord, isNew: Bool = false, on state: any StoredState, by author: Author, at now: Timestamp
    ) throws(ControlPlaneError) {
        self.record = record
        self.stored = isNew ? nil : record
        self.head = try state.existingHead(of: record.environment)
        self.state = state
        self.author = author
        self.now = now
    }

    /// Takes note of something that happened, and does what the machine wants done.
    ///
    /// - Throws: ``ControlPlaneError``: for a command that does not fit, and for a way back that a person asked for and
    ///   that cannot be taken.
    mutating func handle(_ event: RolloutEvent) throws(ControlPlaneError) {
        let actions: [RolloutAction]
        do throws(RolloutRefusal) {
            actions = try self.record.machine.handle(event, at: self.now)
        } catch {
            throw .rolloutRefused(self.record.id, error.description)
        }
        for action in actions {
            switch action {
            case .notify(let notice): self.notices.append(notice)
            case .apply(let step):
                do throws(ControlPlaneError) {
                    try self.apply(step)
                    try self.handle(.stepApplied(revision: self.head.revision))
                } catch {
                    // What was to follow does not happen; what the refusal brings does.
                    return try self.handle(.stepRefused(error.description))
                }
            case .rollback:
                do throws(ControlPlaneError) {
                    try self.rollBack()
                } catch {
                    // A person is told at once, and nothing is changed.
                    if case .command = event { throw error }
                    return try self.handle(.rollbackRefused(error.description))
                }
            }
        }
    }

    /// What to write: the revisions made, the state, and the history; nothing if nothing worth storing happened.
    func decision(audit: AuditDraft? = nil) -> Decision<RolloutOutcome> {
        let outcome = RolloutOutcome(record: self.record, head: self.head, notices: self.notices)
        guard self.isWorthStoring else { return Decision(outcome) }
        var record = self.record
        record.updatedAt = self.now
        let entries = self.notices.map { notice in
            StorageWrite.rolloutEntry(
                RolloutEntry(
                    rollout: record.id, at: self.now, actor: self.author.name, name: notice.name, step: notice.step,
                    revision: self.head.revision, reason: notice.reason))
        }
        return Decision(
            RolloutOutcome(record: record, head: self.head, notices: self.notices),
            writes: self.revisions + [.rollout(record)] + entries + (audit.map { [.audit($0)] } ?? []))
    }

    private var isWorthStoring: Bool {
        guard let stored = self.stored else { return true }
        guard self.record.machine != stored.machine else { return false }
        if !self.notices.isEmpty || self.record.machine.phase != stored.machine.phase
            || self.record.machine.isDisturbed != stored.machine.isDisturbed
        {
            return true
        }
        // What else changes is the time held, and what guards said, which they say again.
        guard case .holding = self.record.machine.phase else { return false }
        return self.now.milliseconds(since: stored.updatedAt) >= Self.progressInterval || self.now < stored.updatedAt
    }

    private mutating func apply(_ step: Int) throws(ControlPlaneError) {
        let plan = self.record.machine.plan
        guard let definition = self.head.content.flags[plan.flag], definition.isAnswering else {
            throw .invalidRollout([
                Issue(path: "flag", message: "\(plan.flag) is not there, disabled or killed; enable it and resume")
            ])
        }
        if self.record.baseRevision == nil {
            // It may have waited for its time, or for an approval, while others went on.
            let issues = plan.issues(in: self.head)
            guard issues.isEmpty else { throw .invalidRollout(issues) }
            self.record.baseRevision = self.head.revision
        }
        let reason =
            "rollout \(self.record.id), step \(step + 1) of \(plan.steps.count), to \(plan.steps[step].percentage)"
        try self.propose(try self.head.applying([plan.change(at: step)]), reason)
    }

    /// Takes back what the rollout changed of the flag, and nothing else: whoever was not in it before is out again, and a
    /// new rollout takes in the same users in the same order.
    private mutating func rollBack() throws(ControlPlaneError) {
        let flag = self.record.flag
        let reason = "rollout \(self.record.id) goes back: \(self.record.machine.phase.reason?.text ?? "")"
        guard let baseRevision = self.record.baseRevision, var definition = self.head.content.flags[flag] else {
            return
        }
        let base = try self.state.existingContent(of: self.head, at: baseRevision)
        if let before = base.flags[flag]?.rollout {
            definition.rollout = before
        } else {
            definition.rollout?.percentage = .zero
        }
        try self.propose(try self.head.applying([.put(flag, definition)]), reason)
    }

    private mutating func propose(_ content: EnvironmentContent, _ reason: String) throws(ControlPlaneError) {
        let request = Proposal.Request(
            author: self.author, reason: try Reason(String(reason.unicodeScalars.prefix(Reason.maximumLength))),
            at: self.now, isDryRun: false)
        let decision = try Proposal(
            environment: self.head.name, head: self.head, settings: self.head.settings, content: content,
            request: request, origin: .rollout, detail: ["rollout": .integer(self.record.id)]
        ).decide()
        self.head = decision.outcome.head
        self.revisions += decision.writes
    }
}
