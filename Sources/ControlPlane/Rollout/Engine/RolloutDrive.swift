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
    private let previousRevision: Int64
    private let state: any StoredState
    private let author: Author
    private let now: Timestamp

    /// A drive of a rollout.
    ///
    /// - Parameters:
    ///   - isNew: Whether it is not stored yet.
    ///   - head: What is in force, where this transaction changes it; nil: what is stored.
    init(
        _ record: RolloutRecord, isNew: Bool = false, head: EnvironmentHead? = nil, on state: any StoredState,
        by author: Author, at now: Timestamp
    ) throws(ControlPlaneError) {
        self.record = record
        self.stored = isNew ? nil : record
        self.head = if let head { head } else { try state.existingHead(of: record.environment) }
        self.previousRevision = self.head.revision
        // Nobody may take a step, by a command either, before it is known how long credentials live by now.
        self.record.machine.lifetime = max(record.machine.lifetime, self.head.content.ticketLifetime(for: record.flag))
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
                // No tick leads here in a freeze: someone is told, and nothing happens.
                try self.head.checkFreeze(at: self.now)
                do throws(ControlPlaneError) {
                    try self.apply(step)
                    try self.handle(.stepApplied(revision: self.head.revision))
                } catch {
                    // What was to follow does not happen; what the refusal brings does.
                    return try self.handle(.stepRefused(error.description))
                }
            case .rollback(let revokesTickets):
                do throws(ControlPlaneError) {
                    try self.rollBack(revokesTickets: revokesTickets)
                } catch .storage(let failure) where failure.code != .corrupt {
                    // Nobody refused it: the next look takes it.
                    throw .storage(failure)
                } catch {
                    // A person is told at once, and nothing is changed.
                    if case .command = event { throw error }
                    return try self.handle(.rollbackRefused(error.description))
                }
            }
        }
    }

    /// What to write: the revisions made, the state, and the history; nothing if nothing worth storing happened.
    ///
    /// - Parameter reason: Why a person asked for it.
    func decision(because reason: String? = nil, audit: AuditDraft? = nil) -> Decision<RolloutOutcome> {
        guard self.isWorthStoring else { return Decision(self.outcome) }
        var drive = self
        drive.record.updatedAt = self.now
        let record = drive.record
        let entries = self.notices.map { notice in
            StorageWrite.rolloutEntry(
                RolloutEntry(
                    rollout: record.id, at: self.now, actor: self.author.name, name: notice.name, step: notice.step,
                    revision: self.head.revision,
                    reason: notice.reason ?? reason.map { RolloutReason(.byHand, $0) }))
        }
        return Decision(
            drive.outcome,
            writes: self.revisions + [.rollout(record)] + entries + (audit.map { [.audit($0)] } ?? []))
    }

    private var outcome: RolloutOutcome {
        RolloutOutcome(
            record: self.record, head: self.head, previousRevision: self.previousRevision, notices: self.notices)
    }

    private var isWorthStoring: Bool {
        guard let stored = self.stored else { return true }
        guard self.record.machine != stored.machine else { return false }
        if !self.notices.isEmpty || self.record.machine.phase != stored.machine.phase
            || self.record.machine.isDisturbed != stored.machine.isDisturbed
            || self.record.machine.promotion != stored.machine.promotion
            || self.record.machine.lifetime != stored.machine.lifetime
            || self.record.machine.watches != stored.machine.watches
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
    private mutating func rollBack(revokesTickets: Bool) throws(ControlPlaneError) {
        let flag = self.record.flag
        let reason = "rollout \(self.record.id) goes back: \(self.record.machine.phase.reason?.text ?? "")"
        var content = self.head.content
        if let baseRevision = self.record.baseRevision, var definition = content.flags[flag] {
            let base = try self.state.existingContent(of: self.head, at: baseRevision)
            if let before = base.flags[flag]?.rollout {
                definition.rollout = before
            } else {
                definition.rollout?.percentage = .zero
            }
            content = try self.head.applying([.put(flag, definition)])
        }
        if revokesTickets { content.revokeTickets(before: self.now, revision: self.head.revision + 1) }
        try self.propose(content, reason)
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
