internal import ControlPlane
internal import FlagAPI
internal import FlagModel
internal import Hummingbird
internal import Logging

/// Takes in changes: changesets, documents, kills and rollbacks.
struct ChangeController: Sendable {
    let plane: ControlPlane
    let publication: RuntimePublication
    let limits: RequestLimits
    let now: @Sendable () -> Timestamp

    func addRoutes(to routes: inout RouteBuilder) {
        routes.on(Routes.commit, self.commit)
        routes.on(Routes.apply, self.apply)
        routes.on(Routes.rollback, self.rollback)
        routes.on(Routes.kill, self.kill)
    }

    private func commit(
        _ request: Request, _ context: AppRequestContext, _ grant: EnvironmentGrant
    ) async throws -> Response {
        let body = try await request.decode(ChangesetRequest.self, upTo: self.limits.changeBody)
        let sample = try body.preview?.sample(at: "preview")
        let changeset = Changeset(baseRevision: body.baseRevision, reason: body.reason, changes: body.changes)
        return try await self.answer(
            try await self.plane.commit(
                changeset, in: grant.environment, by: grant.author, dryRun: body.dryRun ?? false), sample, context)
    }

    private func apply(
        _ request: Request, _ context: AppRequestContext, _ grant: EnvironmentGrant
    ) async throws -> Response {
        let body = try await request.decode(ApplyRequest.self, upTo: self.limits.changeBody)
        guard body.document.name == grant.environment else {
            throw Refusal(invalid: [
                Issue(
                    path: "document.environment",
                    message: "the document is that of \(body.document.name), the path that of \(grant.environment)")
            ])
        }
        let sample = try body.preview?.sample(at: "preview")
        return try await self.answer(
            try await self.plane.apply(
                body.document, baseRevision: body.baseRevision, prune: body.prune ?? false, reason: body.reason,
                by: grant.author, dryRun: body.dryRun ?? false), sample, context)
    }

    private func rollback(
        _ request: Request, _ context: AppRequestContext, _ grant: EnvironmentGrant
    ) async throws -> Response {
        let body = try await request.decode(RollbackRequest.self, upTo: self.limits.changeBody)
        let sample = try body.preview?.sample(at: "preview")
        let outcome = try await self.plane.rollback(
            in: grant.environment, to: body.to, revokeTickets: body.revokeTickets ?? false, reason: body.reason,
            by: grant.author, dryRun: body.dryRun ?? false)
        // Whoever asks for a ticket meanwhile does not wait for the check.
        if !outcome.isDryRun { self.publication.obey(outcome.head.snapshot) }
        return try await self.answer(
            outcome, sample, context, verification: await self.verify(outcome, context))
    }

    private func kill(
        _ request: Request, _ context: AppRequestContext, _ grant: EnvironmentGrant
    ) async throws -> Response {
        let body = try await request.decode(KillRequest.self, upTo: self.limits.changeBody)
        let flag = try FlagKey(inPath: context.parameters.get(RouteParameter.flag))
        let sample = try body.preview?.sample(at: "preview")
        return try await self.answer(
            try await self.plane.kill(
                flag, in: grant.environment, reason: body.reason, by: grant.author, dryRun: body.dryRun ?? false),
            sample, context)
    }

    /// Checks what a rollback did. It is done and in force by then, whatever comes out.
    private func verify(_ outcome: CommitOutcome, _ context: AppRequestContext) async -> RollbackVerification? {
        do throws(ControlPlaneError) {
            let verification = try await self.plane.verify(outcome)
            if let differing = verification?.differing, !differing.isEmpty {
                context.logger.critical(
                    "after the rollback flags do not answer as at the restored revision",
                    metadata: [LogKey.flags: "\(differing.map(\.text).joined(separator: " "))"])
            }
            return verification
        } catch {
            context.logger.error(
                "the rollback is in force, but could not be verified", metadata: [LogKey.error: "\(error)"])
            return nil
        }
    }

    /// Answers a change once the tickets of this server obey it.
    private func answer(
        _ outcome: CommitOutcome, _ sample: ImpactSample?, _ context: AppRequestContext,
        verification: RollbackVerification? = nil
    ) async throws -> Response {
        if !outcome.isDryRun { self.publication.obey(outcome.head.snapshot) }
        if outcome.isChanged, !outcome.isDryRun {
            context.logger.notice(
                "revision made",
                metadata: [
                    LogKey.environment: "\(outcome.environment)", LogKey.revision: "\(outcome.revision)",
                    LogKey.change: "\(outcome.origin.rawValue)", LogKey.caller: "\(context.notes.content.caller ?? "")",
                ])
        }
        var impact: ImpactReport?
        if let sample { impact = await self.impact(of: outcome, on: sample) }
        return try Response(json: CommitResult(outcome, verification: verification, impact: impact))
    }

    /// Compares the answers before and after, giving way to other requests between the steps and giving up on the rest
    /// of the sample when rules are so costly that it takes long.
    private func impact(of outcome: CommitOutcome, on sample: ImpactSample) async -> ImpactReport {
        let empty = Snapshot(environment: outcome.environment, revision: 0, content: EnvironmentContent())
        var study = ImpactStudy(
            from: outcome.previous ?? empty, to: outcome.head.snapshot, sample: sample,
            timestamp: self.now().millisecondsSinceEpoch / 1000)
        let start = ContinuousClock.now
        while !study.isDone, ContinuousClock.now - start < self.limits.previewTime {
            let slice = ContinuousClock.now
            repeat { study.advance(by: 4) } while !study.isDone && ContinuousClock.now - slice < Self.slice
            await Task.yield()
        }
        return study.report
    }

    /// How long other requests wait for a preview.
    private static let slice: Duration = .milliseconds(2)
}
