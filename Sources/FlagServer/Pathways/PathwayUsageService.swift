internal import ControlPlane
internal import Logging
internal import ServiceLifecycle

/// Keeps what is stored of the pathways' use up to date while the server runs, and once more at its end.
struct PathwayUsageService: Service {
    /// How much of it may be lost when the process dies.
    static let interval = Duration.seconds(60)

    let usage: PathwayUsage
    let logger: Logger

    func run() async throws {
        // At once, so that each environment is known to be watched.
        await self.save()
        for await _ in AsyncStream.ticks(every: Self.interval).cancelOnGracefulShutdown() { await self.save() }
        await self.save()
    }

    private func save() async {
        do throws(ControlPlaneError) {
            try await self.usage.save()
        } catch {
            self.logger.error(
                "the use of the pathways cannot be stored; it is kept until it can",
                metadata: [LogKey.error: "\(error)"])
        }
    }
}
