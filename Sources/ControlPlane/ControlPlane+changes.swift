public import FlagModel

extension ControlPlane {
    /// Applies a changeset to the revision that it was made on: one commit, one revision, however many flags.
    ///
    /// A changeset that changes nothing makes no revision.
    ///
    /// - Parameter dryRun: Decides the same, and writes nothing.
    /// - Throws: ``ControlPlaneError``, among others ``ControlPlaneError/conflict(_:)`` with what changed since the base.
    public func commit(
        _ changeset: Changeset, in environment: EnvironmentName, by author: Author, dryRun: Bool = false
    ) async throws(ControlPlaneError) -> CommitOutcome {
        let reason = try Reason(changeset.reason)
        return try await self.change(.normal, reason, author, dryRun) { request, state throws(ControlPlaneError) in
            try CommitDecision(environment: environment, changeset: changeset, request: request).decide(on: state)
        }
    }

    /// Makes a new revision with an older one's flags. Needs no base revision and waits for nothing.
    ///
    /// Without `target` it is the newest revision before the one in force that differs from it. After a rollback that is
    /// one before the restored revision, never what was just taken back; and a killed flag stays killed
    /// (``CommitOutcome/keptKilled``). With `target`, the flags become exactly those of that revision.
    ///
    /// The environment's settings are not rolled back, and its invariants hold for the result. The moment before which
    /// tickets are refused never moves backwards. If everything is already so, no revision is made.
    ///
    /// - Parameters:
    ///   - target: The revision to restore.
    ///   - revokeTickets: Refuses all tickets issued until now.
    ///   - dryRun: Decides the same, and writes nothing.
    /// - Throws: ``ControlPlaneError``.
    public func rollback(
        in environment: EnvironmentName, to target: Int64? = nil, revokeTickets: Bool = false, reason: String,
        by author: Author, dryRun: Bool = false
    ) async throws(ControlPlaneError) -> CommitOutcome {
        let reason = try Reason(reason)
        return try await self.change(.emergency, reason, author, dryRun) { request, state throws(ControlPlaneError) in
            try RollbackDecision(
                environment: environment, target: target, revokesTickets: revokeTickets, request: request
            ).decide(on: state)
        }
    }

    /// Takes a flag to its safe variant for everyone, until it is enabled. Needs no base revision and waits for nothing.
    ///
    /// Killing a killed flag makes no revision. The environment's invariants hold for the result: the last way to
    /// authenticate cannot be killed.
    ///
    /// - Parameter dryRun: Decides the same, and writes nothing.
    /// - Throws: ``ControlPlaneError``.
    public func kill(
        _ flag: FlagKey, in environment: EnvironmentName, reason: String, by author: Author, dryRun: Bool = false
    ) async throws(ControlPlaneError) -> CommitOutcome {
        let reason = try Reason(reason)
        return try await self.change(.emergency, reason, author, dryRun) { request, state throws(ControlPlaneError) in
            try KillDecision(environment: environment, flag: flag, request: request).decide(on: state)
        }
    }

    /// Makes an environment what a document declares; creates it if it does not exist. Applying the same document again
    /// changes nothing and makes no revision.
    ///
    /// Settings that the document does not state, like flags that it does not name, are left as they are; a new
    /// environment has their defaults. A flag that is killed stays killed whatever the document says: only a changeset with `enable` lifts a kill.
    ///
    /// - Parameters:
    ///   - baseRevision: The revision that the author saw (0: the environment is new); nil: whichever is in force.
    ///   - prune: Removes the flags that the document does not name; without it they are left alone.
    ///   - dryRun: Decides the same, and writes nothing.
    /// - Throws: ``ControlPlaneError``, among others ``ControlPlaneError/permissionNeeded(_:for:)`` when the document
    ///   creates an environment or changes its settings and the author's role lacks
    ///   ``Permission/manageEnvironments``.
    public func apply(
        _ document: EnvironmentDocument, baseRevision: Int64? = nil, prune: Bool = false, reason: String,
        by author: Author, dryRun: Bool = false
    ) async throws(ControlPlaneError) -> CommitOutcome {
        let reason = try Reason(reason)
        return try await self.change(.normal, reason, author, dryRun) { request, state throws(ControlPlaneError) in
            try ApplyDecision(document: document, baseRevision: baseRevision, prunes: prune, request: request)
                .decide(on: state)
        }
    }

    /// Decides inside a write transaction and publishes what became durable; for a dry run, only decides.
    private func change(
        _ urgency: Urgency, _ reason: Reason, _ author: Author, _ isDryRun: Bool,
        _ decide:
            @escaping @Sendable (Proposal.Request, any StoredState) throws(ControlPlaneError) -> Decision<
                CommitOutcome
            >
    ) async throws(ControlPlaneError) -> CommitOutcome {
        let now = self.now
        let decision: @Sendable (any StoredState) throws(ControlPlaneError) -> Decision<CommitOutcome> = {
            state throws(ControlPlaneError) in
            let request = Proposal.Request(author: author, reason: reason, at: now(), isDryRun: isDryRun)
            var decision = try decide(request, state)
            guard !isDryRun else { return decision }
            decision.writes += try RolloutDisturbance(outcome: decision.outcome, author: author).writes(on: state)
            decision.outcome.review = try decision.addConsequences(on: state).first?.id
            return decision
        }
        if isDryRun {
            return try await self.storage.read { state throws(ControlPlaneError) in try decision(state).outcome }
        }
        let outcome = try await self.storage.transact(urgency: urgency, decision)
        self.publisher.publish(outcome.head)
        return outcome
    }
}
