internal import ControlPlane
internal import FlagAPI
internal import FlagModel
internal import HTTPTypes
internal import Hummingbird

/// Takes in what instances say of themselves, and answers who listens and how far a revision has got.
struct FleetController: Sendable {
    let plane: ControlPlane
    let fleet: Fleet
    let telemetry: FleetTelemetry
    let hub: StreamHub
    let limits: RequestLimits

    func addRoutes(to routes: inout RouteBuilder) {
        routes.on(Routes.instances, self.list)
        routes.on(Routes.instance, self.show)
        routes.on(Routes.reportInstance, self.report)
        routes.on(Routes.convergence, self.convergence)
    }

    private func list(_ request: Request, _ context: AppRequestContext, _ grant: EnvironmentGrant) throws -> Response {
        let snapshot = try self.plane.snapshot(of: grant.environment)
        return try Response(
            json: InstanceList(
                environment: grant.environment, revision: snapshot.revision, digest: snapshot.digest,
                instances: self.fleet.instances(of: grant.environment).map { InstanceSummary($0) }))
    }

    private func show(_ request: Request, _ context: AppRequestContext, _ grant: EnvironmentGrant) throws -> Response {
        _ = try self.plane.head(of: grant.environment)
        return try Response(
            json: InstanceSummary(try self.fleet.instance(try context.instance(), of: grant.environment)))
    }

    private func report(
        _ request: Request, _ context: AppRequestContext, _ grant: EnvironmentGrant
    ) async throws -> Response {
        let environment = grant.environment
        _ = try self.plane.head(of: environment)
        let id = try context.instance()
        // A newer client may say more than this server knows.
        let body = try await request.decode(InstanceReport.self, upTo: self.limits.adminBody, unknownMembers: .ignore)
        let report = try FleetReport(body, id: id)
        let issues = body.telemetry?.issues(at: "telemetry") ?? []
        guard issues.isEmpty else { throw InvalidDocument(issues) }
        try await self.fleet.lookUp(report.revision, in: environment)
        let state = try self.fleet.report(report, owner: grant.grant.name, in: environment)
        if let telemetry = body.telemetry { self.telemetry.add(telemetry, from: id, in: environment) }
        return try Response(
            json: InstanceAcknowledgement(
                revision: try self.plane.head(of: environment).revision, state: InstanceState(state),
                reportWithinSeconds: self.fleet.staleAfter.components.seconds,
                telemetryEverySeconds: self.fleet.telemetryInterval(in: environment)))
    }

    private func convergence(
        _ request: Request, _ context: AppRequestContext, _ grant: EnvironmentGrant
    ) throws -> Response {
        let environment = grant.environment
        let newest = try self.plane.head(of: environment).revision
        let revision = try request.integer("revision", in: 0...Int64.max) ?? newest
        guard revision <= newest else {
            throw ControlPlaneError.unknownRevision(environment, revision: revision, newest: newest)
        }
        guard request.acceptsEventStream else {
            return try Response(
                json: ConvergenceReport(self.fleet.convergence(on: revision, in: environment), in: environment),
                headers: [.cacheControl: "no-cache"])
        }
        return self.hub.response(
            ConvergenceFeed(fleet: self.fleet, environment: environment, revision: revision), on: .fleet(environment),
            for: grant.grant, context)
    }
}

extension AppRequestContext {
    /// The instance that the path names.
    ///
    /// - Throws: ``Refusal`` `request-invalid` when it cannot be an id.
    fileprivate func instance() throws(Refusal) -> InstanceID {
        let text = self.parameters.get(RouteParameter.instance) ?? ""
        guard InstanceID.isValid(text) else {
            throw Refusal(invalid: [
                Issue(path: "instance", message: "the path does not name one; use \(InstanceID.pattern)")
            ])
        }
        return InstanceID(unchecked: text)
    }
}
