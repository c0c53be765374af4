public import FlagModel

extension ControlPlane {
    /// Schedules a change. It is checked as if it were to be made now, on the revision that its author saw; at its time it
    /// is checked again, and refused rather than overwriting what others changed meanwhile.
    ///
    /// - Parameters:
    ///   - baseRevision: The revision that the author saw; nil: the one in force.
    ///   - dryRun: Decides the same, and writes nothing.
    /// - Throws: ``ControlPlaneError``, among others ``ControlPlaneError/invalidSchedule(_:)`` and
    ///   ``ControlPlaneError/frozen(_:_:)`` when a freeze is known to hold it back at its time.
    public func schedule(
        _ content: ScheduledChange.Content, _ terms: ScheduleTerms, in environment: EnvironmentName,
        baseRevision: Int64?, reason: String, by author: Author, dryRun: Bool = false
    ) async throws(ControlPlaneError) -> ScheduleOutcome {
        let reason = try Reason(reason)
        let now = self.now
        let decide: @Sendable (any StoredState) throws(ControlPlaneError) -> Decision<ScheduleOutcome> = {
            state throws(ControlPlaneError) in
            let request = Proposal.Request(author: author, reason: reason, at: now(), isDryRun: dryRun)
            return try ScheduleCreation(
                content: content, terms: terms, environment: environment, baseRevision: baseRevision, request: request
            ).decide(on: state)
        }
        if dryRun {
            return try await self.storage.read { state throws(ControlPlaneError) in try decide(state).outcome }
        }
        return try await self.storage.transact(urgency: .normal, decide)
    }

    /// Calls a scheduled change off.
    ///
    /// - Throws: ``ControlPlaneError``, among others ``ControlPlaneError/scheduleRefused(_:_:)`` when it waits no more.
    @discardableResult
    public func cancelSchedule(
        _ id: Int64, in environment: EnvironmentName, reason: String, by author: Author
    ) async throws(ControlPlaneError) -> ScheduledChange {
        let reason = try Reason(reason)
        let now = self.now
        return try await self.storage.transact(urgency: .normal) { state throws(ControlPlaneError) in
            try ScheduleCancellation(
                id: id, environment: environment, author: author, reason: reason, at: now()
            ).decide(on: state)
        }
    }

    /// The scheduled changes of an environment, newest first, each with what it changes of the revision that its author
    /// saw.
    ///
    /// - Parameters:
    ///   - waitingOnly: Leaves out those that came to an end.
    ///   - before: Only those with lower numbers.
    ///   - limit: How many at most; 1 to 1000, others are clamped.
    /// - Throws: ``ControlPlaneError``.
    public func schedules(
        of environment: EnvironmentName, waitingOnly: Bool = true, before: Int64? = nil, limit: Int = 50
    ) async throws(ControlPlaneError) -> [ScheduledChangeView] {
        try await self.storage.read { state throws(ControlPlaneError) in
            _ = try state.existingHead(of: environment)
            var views: [ScheduledChangeView] = []
            let limit = min(max(limit, 1), 1000)
            for record in try state.schedules(
                of: environment, waitingOnly: waitingOnly, before: before, limit: limit)
            {
                views.append(try ScheduledChangeView(record, on: state))
            }
            return views
        }
    }

    /// A scheduled change, and what it changes of the revision that its author saw.
    ///
    /// - Throws: ``ControlPlaneError/unknownSchedule(_:_:)``, ``ControlPlaneError/storage(_:)``.
    public func schedule(
        _ id: Int64, in environment: EnvironmentName
    ) async throws(ControlPlaneError) -> ScheduledChangeView {
        try await self.storage.read { state throws(ControlPlaneError) in
            try ScheduledChangeView(try state.existingSchedule(id, in: environment), on: state)
        }
    }

    /// Makes a change whose time has come.
    func executeSchedule(_ id: Int64, trusted: Set<String>) async throws(ControlPlaneError) -> ScheduleExecution.Outcome
    {
        let now = self.now
        let outcome = try await self.storage.transact(urgency: .normal) { state throws(ControlPlaneError) in
            var decision = try ScheduleExecution(id: id, trusted: trusted, at: now()).decide(on: state)
            try decision.addConsequences(on: state)
            return decision
        }
        if let made = outcome.made { self.publisher.publish(made.head) }
        return outcome
    }
}
