public import FlagModel

/// A rollout as a value: what happened goes in, what shall be done comes out. It has no clock and does nothing itself.
///
/// Hold time counts only while every live instance has the step, the rollout is not paused, and somebody looks: of the time
/// between two ticks at most ``maximumGap`` counts, so that neither a server that was down nor a clock that jumped makes a
/// step look held that nobody watched.
public struct RolloutMachine: Sendable, Hashable {
    /// The most that counts between two ticks, in milliseconds. A verdict that is older counts for nothing.
    public static let maximumGap: Int64 = 30_000

    /// How far the step has got that the rollout is at, whatever the phase.
    enum Progress: String, Sendable, Hashable {
        /// The rollout has not begun.
        case notBegun = "not-begun"
        /// The step needs an approval first.
        case unapproved
        /// The step is to be taken.
        case due
        /// The step was taken.
        case taken
    }

    /// What a guard said last.
    struct Verdict: Sendable, Hashable {
        var verdict: GuardVerdict
        var at: Timestamp
    }

    /// The plan.
    public let plan: RolloutPlan
    /// When it begins; nil: when it is told to.
    public let startsAt: Timestamp?
    /// Where it stands.
    public internal(set) var phase: RolloutPhase = .scheduled
    /// The step that it is at, from 0.
    public internal(set) var step = 0
    /// The step that is in force, from 0: the one before while ``step`` is yet to be taken. Nil: none was taken.
    public internal(set) var inForce: Int?
    /// The revision with which it came into force.
    public internal(set) var revision: Int64?
    /// How long the step was held, in milliseconds.
    public internal(set) var held: Int64 = 0
    /// How long it has been waiting since for guards without a verdict, in milliseconds.
    public internal(set) var undecided: Int64 = 0
    /// The longest that credentials have lived since it began, in seconds: those of one step age out before the next.
    public internal(set) var lifetime: Int64 = 0
    /// The step that someone wants next, from 0, while credentials of the one in force age out.
    public internal(set) var promotion: Int?

    /// How often guards began to look at the step that is in force: anew after each restart of the server, and when the step
    /// is applied again. Each time has its own part of the error.
    public internal(set) var watches = 0

    var progress: Progress = .notBegun
    var isConverged = false
    /// Whether someone else changed the flag since the step was taken.
    var isDisturbed = false
    var tickedAt: Timestamp?
    var takenAt: Timestamp?
    var verdicts: [String: Verdict] = [:]

    /// A rollout that has not begun.
    public init(_ plan: RolloutPlan, startsAt: Timestamp? = nil) {
        self.plan = plan
        self.startsAt = startsAt
    }

    /// Takes note of an event and says what to do about it.
    ///
    /// An event that does not concern the phase does nothing; only a command is refused.
    ///
    /// - Throws: ``RolloutRefusal`` for a command that does not fit. The state is as before.
    public mutating func handle(
        _ event: RolloutEvent, at now: Timestamp
    ) throws(RolloutRefusal) -> [RolloutAction] {
        if case .command(let command, let reason) = event {
            return try self.obey(command, because: reason, at: now)
        }
        guard !self.phase.isOver || event.isRollbackRefused else { return [] }
        switch event {
        case .command: return []
        case .tick(let minimumHold, let frozenUntil):
            let isFrozen = frozenUntil.map { now < $0 } ?? false
            return self.tick(minimumHold: minimumHold, isFrozen: isFrozen, at: now)
        case .started: return self.phase == .scheduled ? self.enter(0) : []
        case .stepApplied(let revision):
            guard self.phase == .running(step: self.step), self.progress == .due else { return [] }
            self.progress = .taken
            if self.inForce != self.step { self.watches = 0 }
            self.inForce = self.step
            self.revision = revision
            self.takenAt = now
            self.isConverged = false
            self.verdicts = [:]
            return []
        case .stepRefused(let message):
            guard self.phase == .running(step: self.step), self.progress == .due else { return [] }
            return self.pause(RolloutReason(.stepRefused, message))
        case .rollbackRefused(let message):
            guard case .rolledBack(let reason) = self.phase, [.guardFailed, .undone].contains(reason.kind)
            else { return [] }
            return self.pause(RolloutReason(.rollbackRefused, message))
        case .converged(let revision):
            guard self.phase == .running(step: self.step), self.progress == .taken, revision == self.revision
            else { return [] }
            self.isConverged = true
            self.phase = .holding(step: self.step)
            self.tickedAt = now
            return []
        case .lagging(let revision):
            guard self.phase == .holding(step: self.step), revision == self.revision else { return [] }
            self.isConverged = false
            self.phase = .running(step: self.step)
            return []
        case .watchBegan:
            self.watches += 1
            return []
        case .verdict(let name, let reading, let step): return self.judge(name, reading, at: step, now)
        case .killed: return self.end(RolloutReason(.killed))
        case .rolledBackByHand: return self.end(RolloutReason(.rolledBackByHand))
        case .otherChange(let what): return self.disturb(what)
        }
    }

    /// Stands still.
    mutating func pause(_ reason: RolloutReason) -> [RolloutAction] {
        self.promotion = nil
        self.phase = .paused(reason)
        return [.notify(.paused(reason))]
    }

    /// Takes the flag back.
    mutating func rollBack(_ reason: RolloutReason, revokesTickets: Bool) -> [RolloutAction] {
        self.phase = .rolledBack(reason)
        return [.rollback(revokesTickets: revokesTickets), .notify(.rolledBack(reason))]
    }

    /// Goes to a step, or stands before it until it is approved.
    ///
    /// - Parameter needsApproval: Whether it needs an approval now; nil: what the plan says.
    mutating func enter(_ step: Int, needsApproval: Bool? = nil) -> [RolloutAction] {
        self.step = step
        self.isDisturbed = false
        self.held = 0
        self.undecided = 0
        self.tickedAt = nil
        self.promotion = nil
        if needsApproval ?? self.plan.steps[step].needsApproval {
            self.progress = .unapproved
            self.phase = .awaitingApproval(step: step)
            return [.notify(.approvalNeeded(step: step))]
        }
        self.progress = .due
        self.phase = .running(step: step)
        return [.apply(step: step), .notify(.step(step))]
    }

    /// Ends because someone else decided what becomes of the flag.
    private mutating func end(_ reason: RolloutReason) -> [RolloutAction] {
        self.phase = .rolledBack(reason)
        return [.notify(.rolledBack(reason))]
    }

    private mutating func disturb(_ what: String) -> [RolloutAction] {
        switch self.phase {
        case .running, .holding, .awaitingApproval:
            self.isDisturbed = true
            return self.pause(RolloutReason(.changedByOthers, what))
        case .paused(let reason):
            // Of what cannot be read nothing is known that could be disturbed.
            if reason.kind != .unreadable { self.isDisturbed = true }
            return []
        case .scheduled, .completed, .rolledBack, .aborted: return []
        }
    }
}

extension RolloutEvent {
    /// Whether it is the one event that matters after a rollback.
    fileprivate var isRollbackRefused: Bool {
        if case .rollbackRefused = self { true } else { false }
    }
}
