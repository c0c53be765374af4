internal import TicketRuntime

extension ServerParts {
    /// All routes, each with who may.
    ///
    /// - Parameters:
    ///   - webSocketURL: What clients of tickets are told to connect to.
    ///   - files: Reads the API's description.
    func routes(webSocketURL: WebSocketURL, files: any FileReading) -> RouteBuilder {
        let gate = Gate(
            plane: self.plane, verifier: self.users.verifier, adminToken: self.configuration.adminToken,
            runtimeEnvironment: self.configuration.runtimeEnvironment)
        var routes = RouteBuilder(gate: gate)
        self.addServer(to: &routes, files: files)
        self.addFlags(to: &routes)
        self.addLive(to: &routes)
        self.addChanges(to: &routes)
        self.addTickets(to: &routes, webSocketURL: webSocketURL)
        return routes
    }

    private func addServer(to routes: inout RouteBuilder, files: any FileReading) {
        HealthController(plane: self.plane, runtime: self.tickets.runtime, ticketStoreName: self.tickets.storeName)
            .addRoutes(to: &routes)
        DescriptionController(besides: self.configuration.migrationsDirectory, files: files).addRoutes(to: &routes)
        MetricsController(
            factory: self.metrics,
            gauges: ServerGauges(
                plane: self.plane, fleet: self.fleet, hub: self.hub, telemetry: self.telemetry,
                runtime: self.tickets.runtime, startedAt: self.clock.now())
        ).addRoutes(to: &routes)
        TokenController(plane: self.plane, limits: self.configuration.limits, now: self.clock.now)
            .addRoutes(to: &routes)
        WebhookController(plane: self.plane, sender: self.webhooks, limits: self.configuration.limits)
            .addRoutes(to: &routes)
    }

    private func addFlags(to routes: inout RouteBuilder) {
        EnvironmentController(
            plane: self.plane, hub: self.hub, limits: self.configuration.limits, now: self.clock.now
        ).addRoutes(to: &routes)
        SegmentController(plane: self.plane).addRoutes(to: &routes)
        FlagdController(plane: self.plane).addRoutes(to: &routes)
        OFREPController(plane: self.plane, limits: self.configuration.limits, now: self.clock.now)
            .addRoutes(to: &routes)
    }

    private func addLive(to routes: inout RouteBuilder) {
        StreamController(plane: self.plane, hub: self.hub, fleet: self.fleet).addRoutes(to: &routes)
        FleetController(
            plane: self.plane, fleet: self.fleet, telemetry: self.telemetry, hub: self.hub,
            limits: self.configuration.limits
        ).addRoutes(to: &routes)
    }

    private func addChanges(to routes: inout RouteBuilder) {
        ChangeController(
            plane: self.plane, publication: self.tickets.publication, limits: self.configuration.limits,
            now: self.clock.now
        ).addRoutes(to: &routes)
        RolloutController(
            plane: self.plane,
            board: RolloutBoard(plane: self.plane, engine: self.rollouts, fleet: self.fleet, now: self.clock.now),
            publication: self.tickets.publication, limits: self.configuration.limits, now: self.clock.now
        ).addRoutes(to: &routes)
        ScheduleController(plane: self.plane, limits: self.configuration.limits).addRoutes(to: &routes)
        ReviewController(plane: self.plane, limits: self.configuration.limits).addRoutes(to: &routes)
        HistoryController(plane: self.plane).addRoutes(to: &routes)
    }

    private func addTickets(to routes: inout RouteBuilder, webSocketURL: WebSocketURL) {
        TicketController(
            runtime: self.tickets.runtime, webSocketURL: webSocketURL,
            trustedProxies: self.configuration.trustedProxies, limits: self.configuration.limits
        ).addRoutes(to: &routes)
        PathwayController(
            plane: self.plane, usage: self.usage, runtime: self.tickets.runtime, limits: self.configuration.limits
        ).addRoutes(to: &routes)
    }
}
