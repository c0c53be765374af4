internal import ControlPlane
internal import FlagStore
internal import Hummingbird
internal import Logging
internal import ServiceLifecycle
internal import TicketRuntime
internal import UnixSignals

/// A server that is put together.
struct Server: Sendable {
    /// The HTTP server, with everything that runs beside it.
    let application: Application<StreamResponder>
    /// The database.
    let store: FlagStore
    /// The use cases.
    let plane: ControlPlane
    /// The staged rollouts.
    let rollouts: RolloutEngine
    /// The tickets.
    let runtime: TicketRuntime
    /// Every route, and who may.
    let declarations: [RouteDeclaration]
    /// What signs JWTs when no keys are configured.
    let development: DevelopmentSecret?

    /// Runs until SIGTERM or SIGINT; then lets requests in progress finish within `timeout`.
    func run(shutdownTimeout timeout: Duration, logger: Logger) async throws {
        var group = ServiceGroupConfiguration(
            services: [self.application], gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        group.maximumGracefulShutdownDuration = timeout
        do {
            try await ServiceGroup(configuration: group).run()
        } catch {
            self.plane.stopPublishing()
            try self.store.close()
            throw error
        }
        self.plane.stopPublishing()
        try self.store.close()
    }
}
