internal import ControlPlane
internal import FlagAPI
internal import FlagModel
internal import HTTPTypes
internal import Hummingbird
internal import Logging

/// Starts rollouts, tells how far they are, and does what people ask of them.
struct RolloutController: Sendable {
    let plane: ControlPlane
    let board: RolloutBoard
    let publication: RuntimePublication
    let limits: RequestLimits
    let now: @Sendable () -> Timestamp

    func addRoutes(to routes: inout RouteBuilder) {
        routes.on(Routes.rollouts, self.list)
        routes.on(Routes.startRollout, self.start)
        routes.on(Routes.rollout, self.show)
        routes.on(Routes.rolloutHistory, self.history)
        routes.on(Routes.pauseRollout, self.command { _ in .pause })
        routes.on(Routes.resumeRollout, self.command { _ in .resume })
        routes.on(Routes.promoteRollout, self.command { .promote(full: $0.full ?? false) })
        routes.on(Routes.approveRollout, self.command { try .approve(step: $0.approvedStep()) })
        routes.on(Routes.abortRollout, self.command { _ in .abort })
        routes.on(Routes.undoRollout, self.command { .undo(revokesTickets: $0.revokeTickets ?? false) })
    }

    private func list(
        _ request: Request, _ context: AppRequestContext, _ grant: EnvironmentGrant
    ) async throws -> Response {
        let flag = try request.uri.queryParameters["flag"].map { try FlagKey(inPath: String($0)) }
        let limit = Int(try request.integer("limit", in: 1...500) ?? 50)
        // One more than asked for tells whether there are more.
        let records = try await self.plane.rollouts(
            of: grant.environment, flag: flag, before: try request.integer("before", in: 1...Int64.max),
            limit: limit + 1)
        let page = records.prefix(limit)
        return try Response(
            json: RolloutList(
                environment: grant.environment, rollouts: page.map { RolloutSummary($0) },
                nextBefore: records.count > limit ? page.last?.id : nil))
    }

    private func show(
        _ request: Request, _ context: AppRequestContext, _ grant: EnvironmentGrant
    ) async throws -> Response {
        let record = try await self.plane.rollout(try context.rollout(), in: grant.environment)
        return try Response(json: self.board.detail(of: record), headers: [.cacheControl: "no-cache"])
    }

    private func history(
        _ request: Request, _ context: AppRequestContext, _ grant: EnvironmentGrant
    ) async throws -> Response {
        let id = try context.rollout()
        let record = try await self.plane.rollout(id, in: grant.environment)
        let entries = try await self.plane.rolloutHistory(id, in: grant.environment)
        let steps = record.machine.plan.steps
        return try Response(
            json: RolloutHistory(rollout: id, entries: entries.map { RolloutHistory.Entry($0, steps) }))
    }

    private func start(
        _ request: Request, _ context: AppRequestContext, _ grant: EnvironmentGrant
    ) async throws -> Response {
        let body = try await request.decode(RolloutStartRequest.self, upTo: self.limits.changeBody)
        let plan = try RolloutPlan(json: body.plan, at: "plan")
        if body.dryRun ?? false {
            return try Response(json: try await self.preview(plan, body, in: grant.environment))
        }
        let outcome = try await self.plane.startRollout(
            plan, in: grant.environment, at: body.at, reason: body.reason, by: grant.author)
        return try self.answer(outcome, context, status: .created)
    }

    private func preview(
        _ plan: RolloutPlan, _ body: RolloutStartRequest, in environment: EnvironmentName
    ) async throws -> RolloutPreviewResult {
        let sample = try body.preview?.sample(at: "preview")
        let head = try self.plane.head(of: environment)
        let preview = try self.plane.previewRollout(plan, in: environment)
        var result = RolloutPreviewResult(preview, of: plan, startsAt: max(body.at ?? self.now(), self.now()))
        guard let sample else { return result }
        // All steps together take no longer than one change.
        let work = ImpactPreview(limit: self.limits.previewTime / plan.steps.count, now: self.now)
        var before = head.snapshot
        for position in plan.steps.indices {
            let content = try head.content.applying([plan.change(at: position)])
            let after = Snapshot(environment: environment, revision: before.revision + 1, content: content)
            result.steps[position].impact = await work.report(from: before, to: after, sample)
            before = after
        }
        return result
    }

    /// The handler for a command that the path names, and the body says more of.
    private func command(
        _ command: @escaping @Sendable (RolloutCommandRequest) throws -> RolloutCommand
    ) -> @Sendable (Request, AppRequestContext, EnvironmentGrant) async throws -> Response {
        { request, context, grant in
            let body = try await request.decode(RolloutCommandRequest.self, upTo: self.limits.changeBody)
            let outcome = try await self.plane.command(
                try command(body), rollout: try context.rollout(), in: grant.environment, reason: body.reason,
                by: grant.author)
            return try self.answer(outcome, context)
        }
    }

    /// Answers once the tickets of this server obey what was done.
    private func answer(
        _ outcome: RolloutOutcome, _ context: AppRequestContext, status: HTTPResponse.Status = .ok
    ) throws -> Response {
        self.publication.obey(outcome.head.snapshot)
        for notice in outcome.notices {
            var metadata = outcome.metadata(of: notice)
            metadata[LogKey.caller] = "\(context.notes.content.caller ?? "")"
            context.logger.notice("rollout \(notice.name)", metadata: metadata)
        }
        return try Response(
            json: RolloutResult(
                rollout: self.board.detail(of: outcome.record), revision: outcome.head.revision,
                previousRevision: outcome.previousRevision), status: status)
    }
}

extension RolloutCommandRequest {
    /// The step that was looked at, from 0.
    fileprivate func approvedStep() throws(Refusal) -> Int {
        guard let step = self.step.flatMap(Int.init(exactly:)), step >= 1 else {
            throw Refusal(invalid: [Issue(path: "step", message: "say which step is approved, from 1")])
        }
        return step - 1
    }
}

extension AppRequestContext {
    /// The rollout that the path names.
    ///
    /// - Throws: ``Refusal`` `unknown-rollout` when it cannot be a number.
    fileprivate func rollout() throws(Refusal) -> Int64 {
        guard let id = self.parameters.get(RouteParameter.rollout).flatMap({ Int64($0) }), id > 0 else {
            throw Refusal(.unknownRollout, "the path does not name a rollout; use its number, as the list has it")
        }
        return id
    }
}
