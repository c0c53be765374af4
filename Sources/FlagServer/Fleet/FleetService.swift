internal import ControlPlane
internal import Logging
internal import ServiceLifecycle

/// Keeps what is stored of the fleet up to date while the server runs, and once more at its end.
struct FleetService: Service {
    /// How long an instance that came or went may be unknown to the database.
    static let interval = Duration.milliseconds(500)

    let fleet: Fleet
    let logger: Logger

    func run() async throws {
        var wasFailing = false
        for await _ in AsyncStream.ticks(every: Self.interval).cancelOnGracefulShutdown() {
            await self.save(&wasFailing)
        }
        await self.save(&wasFailing)
    }

    /// Failing is said once, not twice a second.
    private func save(_ wasFailing: inout Bool) async {
        do throws(ControlPlaneError) {
            try await self.fleet.save()
            if wasFailing { self.logger.notice("the fleet is stored again") }
            wasFailing = false
        } catch {
            if !wasFailing {
                self.logger.error(
                    "the fleet cannot be stored: after a restart instances that came meanwhile would not be waited for",
                    metadata: [LogKey.error: "\(error)"])
            }
            wasFailing = true
        }
    }
}
