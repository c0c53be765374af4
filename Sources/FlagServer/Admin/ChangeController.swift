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
        if let schedule = body.schedule {
            return try await self.schedule(
                .changes(body.changes), try ScheduleTerms(schedule), baseRevision: body.baseRevision,
                reason: body.reason, isDryRun: body.dryRun ?? false, sample, context, grant)
        }
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
        if let schedule = body.schedule {
            return try await self.schedule(
                .document(body.document, prunes: body.prune ?? false), try ScheduleTerms(schedule),
                baseRevision: body.baseRevision, reason: body.reason, isDryRun: body.dryRun ?? false, sample, context,
                grant)
        }
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

    /// Takes in a change that is to be made later, and answers what it would do now.
    private func schedule(
        _ content: ScheduledChange.Content, _ terms: ScheduleTerms, baseRevision: Int64?, reason: String,
        isDryRun: Bool, _ sample: ImpactSample?, _ context: AppRequestContext, _ grant: EnvironmentGrant
    ) async throws -> Response {
        let outcome = try await self.plane.schedule(
            content, terms, in: grant.environment, baseRevision: baseRevision, reason: reason, by: grant.author,
            dryRun: isDryRun)
        let scheduled = outcome.record.map { ScheduleDetail($0, outcome.preview.difference) }
        return try await self.answer(outcome.preview, sample, context, scheduled: scheduled)
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
        verification: RollbackVerification? = nil, scheduled: ScheduleDetail? = nil
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
        if let sample {
            let empty = Snapshot(environment: outcome.environment, revision: 0, content: EnvironmentContent())
            impact = await ImpactPreview(limit: self.limits.previewTime, now: self.now)
                .report(from: outcome.previous ?? empty, to: outcome.head.snapshot, sample)
        }
        var result = CommitResult(outcome, verification: verification, impact: impact)
        result.scheduled = scheduled
        return try Response(json: result)
    }
}
