public import FlagModel

extension ControlPlane {
    /// What a plan would do, before anything happens.
    ///
    /// - Throws: ``ControlPlaneError``, among others ``ControlPlaneError/invalidRollout(_:)`` with every fault.
    public func previewRollout(
        _ plan: RolloutPlan, in environment: EnvironmentName
    ) throws(ControlPlaneError) -> RolloutPreview {
        try RolloutPreview(plan, on: try self.head(of: environment))
    }

    /// Starts a rollout: its first step is in force when this returns, unless it needs an approval.
    ///
    /// - Parameter startsAt: When it shall begin; nil: now.
    /// - Throws: ``ControlPlaneError``, among others ``ControlPlaneError/rolloutRefused(_:_:)`` while another one moves the
    ///   flag.
    public func startRollout(
        _ plan: RolloutPlan, in environment: EnvironmentName, at startsAt: Timestamp? = nil, reason: String,
        by author: Author
    ) async throws(ControlPlaneError) -> RolloutOutcome {
        let reason = try Reason(reason)
        return try await self.changeRollout(.normal) { state, now throws(ControlPlaneError) in
            try RolloutStart(
                plan: plan, environment: environment, startsAt: startsAt, author: author, reason: reason, at: now
            ).decide(on: state)
        }
    }

    /// Does what a person asks of a rollout. What stops it or takes it back waits for nothing, not even for space on the
    /// disk.
    ///
    /// - Throws: ``ControlPlaneError``, among others ``ControlPlaneError/rolloutRefused(_:_:)`` when it does not fit.
    public func command(
        _ command: RolloutCommand, rollout id: Int64, in environment: EnvironmentName, reason: String, by author: Author
    ) async throws(ControlPlaneError) -> RolloutOutcome {
        let reason = try Reason(reason)
        return try await self.changeRollout(command.urgency) { state, now throws(ControlPlaneError) in
            try RolloutCommandDecision(
                id: id, environment: environment, command: command, author: author, reason: reason, at: now
            ).decide(on: state)
        }
    }

    /// A rollout.
    ///
    /// - Throws: ``ControlPlaneError/unknownRollout(_:_:)``, ``ControlPlaneError/storage(_:)``.
    public func rollout(
        _ id: Int64, in environment: EnvironmentName
    ) async throws(ControlPlaneError) -> RolloutRecord {
        try await self.storage.read { state throws(ControlPlaneError) in try state.existingRollout(id, in: environment)
        }
    }

    /// The rollouts of an environment, newest first.
    ///
    /// - Parameters:
    ///   - flag: Only those that move it.
    ///   - before: Only those with lower numbers.
    ///   - limit: How many at most; 1 to 1000, others are clamped.
    /// - Throws: ``ControlPlaneError``.
    public func rollouts(
        of environment: EnvironmentName, flag: FlagKey? = nil, before: Int64? = nil, limit: Int = 50
    ) async throws(ControlPlaneError) -> [RolloutRecord] {
        try await self.storage.read { state throws(ControlPlaneError) in
            _ = try state.existingHead(of: environment)
            return try state.rollouts(
                of: environment, flag: flag, before: before, limit: min(max(limit, 1), 1000))
        }
    }

    /// The rollouts of an environment that have not ended.
    ///
    /// - Throws: ``ControlPlaneError/storage(_:)``.
    public func liveRollouts(of environment: EnvironmentName) async throws(ControlPlaneError) -> [RolloutRecord] {
        try await self.storage.read { state throws(ControlPlaneError) in try state.liveRollouts(in: environment) }
    }

    /// What happened to a rollout, oldest first.
    ///
    /// - Throws: ``ControlPlaneError/unknownRollout(_:_:)``, ``ControlPlaneError/storage(_:)``.
    public func rolloutHistory(
        _ id: Int64, in environment: EnvironmentName
    ) async throws(ControlPlaneError) -> [RolloutEntry] {
        try await self.storage.read { state throws(ControlPlaneError) in
            try state.rolloutEntries(of: try state.existingRollout(id, in: environment).id)
        }
    }

    /// Tells a rollout what happened, then the time.
    func driveRollout(
        _ id: Int64, in environment: EnvironmentName, _ events: [RolloutEvent]
    ) async throws(ControlPlaneError) -> RolloutOutcome {
        let goesBack = events.contains(where: \.isFailure)
        return try await self.changeRollout(goesBack ? .emergency : .normal) { state, now throws(ControlPlaneError) in
            let record = try state.existingRollout(id, in: environment)
            var drive = try RolloutDrive(record, on: state, by: .system, at: now)
            for event in events { try drive.handle(event) }
            let hold = drive.head.content.ticketLifetime(for: record.flag)
            try drive.handle(.tick(minimumHold: hold, frozenUntil: drive.head.freeze(at: now)?.until))
            return drive.decision()
        }
    }

    private func changeRollout(
        _ urgency: Urgency,
        _ decide:
            @escaping @Sendable (any StoredState, Timestamp) throws(ControlPlaneError) -> Decision<RolloutOutcome>
    ) async throws(ControlPlaneError) -> RolloutOutcome {
        let now = self.now
        let outcome = try await self.storage.transact(urgency: urgency) { state throws(ControlPlaneError) in
            var decision = try decide(state, now())
            decision.outcome.review = try decision.addConsequences(on: state).first?.id
            return decision
        }
        self.publisher.publish(outcome.head)
        return outcome
    }
}

extension RolloutCommand {
    /// Advancing can wait for a disk to be cleared; stopping cannot.
    fileprivate var urgency: Urgency {
        switch self {
        case .pause, .abort, .undo: .emergency
        case .resume, .promote, .approve: .normal
        }
    }
}
