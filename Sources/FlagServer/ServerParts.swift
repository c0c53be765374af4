internal import ControlPlane
internal import Logging
internal import PrometheusMetrics
internal import TicketRuntime

/// All that works inside the server, put together over the control plane: what the routes ask, and what the services run.
struct ServerParts: Sendable {
    let configuration: ServerConfiguration
    let plane: ControlPlane
    /// Who users are.
    let users: UserVerification
    let metrics: PrometheusFactory
    let logger: Logger
    let clock: TicketClock
    /// The instances, and what they have acknowledged.
    let fleet: Fleet
    /// The event streams.
    let hub: StreamHub
    /// What the instances have counted.
    let telemetry: FleetTelemetry
    /// The embedded TicketRuntime.
    let tickets: TicketParts
    /// How much each pathway is used.
    let usage: PathwayUsage
    /// The queries that guards have asked of Prometheus.
    let queries: PrometheusQueries
    /// The staged rollouts.
    let rollouts: RolloutEngine
    /// The scheduled changes.
    let schedules: ScheduleEngine
    /// What calls webhooks.
    let webhooks: WebhookSender

    /// - Throws: ``ConfigurationError`` when the runtime's environment does not exist, ``ControlPlaneError``.
    init(
        _ configuration: ServerConfiguration, plane: ControlPlane, users: UserVerification, metrics: PrometheusFactory,
        logger: Logger, clock: TicketClock
    ) async throws {
        let started = ContinuousClock.now
        let fleet = try await Fleet(plane: plane, limits: configuration.fleet) {
            FleetMoment(uptime: started.duration(to: .now), wall: clock.now())
        }
        let hub = try await StreamHub(plane: plane, settings: configuration.streams, now: clock.now)
        fleet.observe { [weak hub] environment in hub?.wake(.fleet(environment)) }
        let telemetry = FleetTelemetry { started.duration(to: .now) }
        CommitCounters(factory: metrics).observe(plane)

        self.tickets = try TicketParts(
            configuration, plane: plane, fleet: fleet, verifier: users.verifier, logger: logger, clock: clock)
        self.tickets.publication.instance.count(self.tickets.runtime, in: telemetry)
        self.usage = PathwayUsage(plane: plane, telemetry: telemetry, pathways: Pathway.allCases.map(\.rawValue))
        self.queries = PrometheusQueries(address: configuration.prometheus, now: clock.now)
        self.rollouts = RolloutEngine(
            plane: plane, isConverged: { fleet.isConverged(on: $0, in: $1) }, counts: telemetry.counts(of:for:),
            answers: self.queries.answer, idleness: self.usage.idleness(of:in:))
        self.schedules = ScheduleEngine(
            plane: plane, trusted: configuration.adminToken == nil ? [] : [Author.configuredAdmin.name])
        self.webhooks = WebhookSender(now: clock.now)

        self.configuration = configuration
        self.plane = plane
        self.users = users
        self.metrics = metrics
        self.logger = logger
        self.clock = clock
        self.fleet = fleet
        self.hub = hub
        self.telemetry = telemetry
    }
}
