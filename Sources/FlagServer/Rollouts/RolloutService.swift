internal import ControlPlane
internal import Logging
internal import ServiceLifecycle

/// Moves the rollouts along while the server runs.
struct RolloutService: Service {
    /// Between two looks at all rollouts.
    static let interval = Duration.seconds(1)

    let engine: RolloutEngine
    let logger: Logger

    func run() async throws {
        var troubles: [ControlPlaneError] = []
        for await _ in AsyncStream.ticks(every: Self.interval).cancelOnGracefulShutdown() { await self.look(&troubles) }
    }

    /// Looks once. Whatever fails is tried again a second later, and said when it begins and when all is over.
    func look(_ troubles: inout [ControlPlaneError]) async {
        let round = await self.engine.advance()
        for outcome in round.outcomes { self.tell(outcome) }
        for failure in round.failures where !troubles.contains(failure) {
            self.logger.error("a rollout does not go on", metadata: [LogKey.error: "\(failure)"])
        }
        if round.failures.isEmpty, !troubles.isEmpty { self.logger.notice("rollouts go on again") }
        troubles = round.failures
    }

    private func tell(_ outcome: RolloutOutcome) {
        for notice in outcome.notices {
            let level: Logger.Level = if case .rolledBack = notice { .warning } else { .notice }
            self.logger.log(level: level, "rollout \(notice.name)", metadata: outcome.metadata(of: notice))
        }
    }
}

extension RolloutOutcome {
    /// What a log says of a notice.
    func metadata(of notice: RolloutNotice) -> Logger.Metadata {
        var metadata: Logger.Metadata = [
            LogKey.rollout: "\(self.record.id)", LogKey.environment: "\(self.record.environment)",
            LogKey.flags: "\(self.record.flag)", LogKey.revision: "\(self.head.revision)",
        ]
        if let step = notice.step { metadata[LogKey.step] = "\(step + 1)" }
        if let reason = notice.reason { metadata[LogKey.cause] = "\(reason.text)" }
        return metadata
    }
}
