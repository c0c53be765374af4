internal import ControlPlane
internal import Logging
internal import ServiceLifecycle

/// Makes scheduled changes when their time has come, while the server runs.
struct ScheduleService: Service {
    /// How late a change is made at most because nobody looked.
    static let interval = Duration.seconds(1)

    let engine: ScheduleEngine
    let logger: Logger

    func run() async throws {
        var wasFailing = false
        for await _ in AsyncStream.ticks(every: Self.interval).cancelOnGracefulShutdown() {
            await self.advance(&wasFailing)
        }
    }

    /// Failing is said once, not every second.
    private func advance(_ wasFailing: inout Bool) async {
        do throws(ControlPlaneError) {
            for change in try await self.engine.advance() {
                var metadata: Logger.Metadata = [
                    LogKey.environment: "\(change.environment)", LogKey.schedule: "\(change.id)",
                    LogKey.change: "\(change.state.rawValue)",
                ]
                metadata[LogKey.revision] = change.revision.map { "\($0)" }
                metadata[LogKey.error] = change.note.map { "\($0)" }
                let level: Logger.Level = change.state == .executed ? .notice : .warning
                self.logger.log(level: level, "a scheduled change came to its end", metadata: metadata)
            }
            if wasFailing { self.logger.notice("scheduled changes are made again") }
            wasFailing = false
        } catch {
            if !wasFailing {
                self.logger.error("scheduled changes cannot be made", metadata: [LogKey.error: "\(error)"])
            }
            wasFailing = true
        }
    }
}
