internal import ControlPlane
internal import ServiceLifecycle

/// Keeps the fleet's telemetry small while the server runs.
struct TelemetryService: Service {
    /// How often instances that are silent for good are looked for.
    static let interval = Duration.seconds(30)

    let telemetry: FleetTelemetry

    func run() async throws {
        let ticks = AsyncStream<Void> {
            // A sleep that is cancelled ends the stream.
            (try? await Task.sleep(for: Self.interval)).map { _ in }
        }
        for await _ in ticks.cancelOnGracefulShutdown() { self.telemetry.sweep() }
    }
}
