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

    func addRoutes(to routes: inout RouteBuilder) {
        routes.on(Routes.commit, self.commit)
        routes.on(Routes.apply, self.apply)
        routes.on(Routes.rollback, self.rollback)
        routes.on(Routes.kill, self.kill)
    }

    private func commit(
        _ request: Request, _ context: AppRequestContext, _ grant: EnvironmentGrant
    ) async throws -> Response {
        let body = try await request.decode(ChangesetRequest.self, upTo: self.limits.adminBody)
        let changeset = Changeset(baseRevision: body.baseRevision, reason: body.reason, changes: body.changes)
        return try self.answer(
            try await self.plane.commit(
                changeset, in: grant.environment, by: grant.author, dryRun: body.dryRun ?? false), context)
    }

    private func apply(
        _ request: Request, _ context: AppRequestContext, _ grant: EnvironmentGrant
    ) async throws -> Response {
        let body = try await request.decode(ApplyRequest.self, upTo: self.limits.adminBody)
        guard body.document.name == grant.environment else {
            throw Refusal(invalid: [
                Issue(
                    path: "document.environment",
                    message: "the document is that of \(body.document.name), the path that of \(grant.environment)")
            ])
        }
        return try self.answer(
            try await self.plane.apply(
                body.document, baseRevision: body.baseRevision, prune: body.prune ?? false, reason: body.reason,
                by: grant.author, dryRun: body.dryRun ?? false), context)
    }

    private func rollback(
        _ request: Request, _ context: AppRequestContext, _ grant: EnvironmentGrant
    ) async throws -> Response {
        let body = try await request.decode(RollbackRequest.self, upTo: self.limits.adminBody)
        return try self.answer(
            try await self.plane.rollback(
                in: grant.environment, to: body.to, revokeTickets: body.revokeTickets ?? false, reason: body.reason,
                by: grant.author, dryRun: body.dryRun ?? false), context)
    }

    private func kill(
        _ request: Request, _ context: AppRequestContext, _ grant: EnvironmentGrant
    ) async throws -> Response {
        let body = try await request.decode(KillRequest.self, upTo: self.limits.adminBody)
        let flag = try FlagKey(inPath: context.parameters.get(RouteParameter.flag))
        return try self.answer(
            try await self.plane.kill(
                flag, in: grant.environment, reason: body.reason, by: grant.author, dryRun: body.dryRun ?? false),
            context)
    }

    /// Answers a change once the tickets of this server obey it.
    private func answer(_ outcome: CommitOutcome, _ context: AppRequestContext) throws -> Response {
        if !outcome.isDryRun { self.publication.obey(outcome.head.snapshot) }
        if outcome.isChanged, !outcome.isDryRun {
            context.logger.notice(
                "revision made",
                metadata: [
                    LogKey.environment: "\(outcome.environment)", LogKey.revision: "\(outcome.revision)",
                    LogKey.change: "\(outcome.origin.rawValue)", LogKey.caller: "\(context.notes.content.caller ?? "")",
                ])
        }
        return try Response(json: CommitResult(outcome))
    }
}
