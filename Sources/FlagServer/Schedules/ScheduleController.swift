internal import ControlPlane
internal import FlagAPI
internal import FlagModel
internal import Hummingbird

/// Answers which changes are to be made, and calls them off.
struct ScheduleController: Sendable {
    let plane: ControlPlane
    let limits: RequestLimits

    func addRoutes(to routes: inout RouteBuilder) {
        routes.on(Routes.schedules, self.list)
        routes.on(Routes.schedule, self.show)
        routes.on(Routes.cancelSchedule, self.cancel)
    }

    private func list(
        _ request: Request, _ context: AppRequestContext, _ grant: EnvironmentGrant
    ) async throws -> Response {
        let state = request.uri.queryParameters["state"].map(String.init) ?? "waiting"
        guard ["waiting", "all"].contains(state) else {
            throw Refusal(invalid: [Issue(path: "state", message: "expected waiting or all")])
        }
        let limit = Int(try request.integer("limit", in: 1...1000) ?? 50)
        let views = try await self.plane.schedules(
            of: grant.environment, waitingOnly: state == "waiting",
            before: try request.integer("before", in: 1...Int64.max), limit: limit)
        return try Response(
            json: ScheduleList(
                environment: grant.environment, schedules: views.map { ScheduleDetail($0.record, $0.difference) },
                nextBefore: views.count == limit ? views.last?.record.id : nil))
    }

    private func show(
        _ request: Request, _ context: AppRequestContext, _ grant: EnvironmentGrant
    ) async throws -> Response {
        let id = try context.number(RouteParameter.schedule, else: .unknownSchedule)
        let view = try await self.plane.schedule(id, in: grant.environment)
        return try Response(json: ScheduleDetail(view.record, view.difference))
    }

    private func cancel(
        _ request: Request, _ context: AppRequestContext, _ grant: EnvironmentGrant
    ) async throws -> Response {
        let id = try context.number(RouteParameter.schedule, else: .unknownSchedule)
        let body = try await request.decode(ScheduleCancelRequest.self, upTo: self.limits.adminBody)
        try await self.plane.cancelSchedule(id, in: grant.environment, reason: body.reason, by: grant.author)
        let view = try await self.plane.schedule(id, in: grant.environment)
        return try Response(json: ScheduleDetail(view.record, view.difference))
    }
}
