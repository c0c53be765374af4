internal import ControlPlane
internal import ServiceLifecycle

/// Keeps the fleet's telemetry small while the server runs.
struct TelemetryService: Service {
    /// How often instances that are silent for good are looked for.
    static let interval = Duration.seconds(30)

    let telemetry: FleetTelemetry

    func run() async throws {
        for await _ in AsyncStream.ticks(every: Self.interval).cancelOnGracefulShutdown() { self.telemetry.sweep() }
    }
}
