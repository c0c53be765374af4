public import FlagModel
internal import Synchronization

/// What all instances counted, by environment, since this server started: ``TelemetryLedger`` decides, this class holds one
/// for each environment.
public final class FleetTelemetry: Sendable {
    /// An instance within this process, which is asked rather than waited for.
    private struct Source {
        var environment: EnvironmentName
        var id: InstanceID
        var start: String
        var since: Duration
        var counts: @Sendable () -> TelemetryCounts
    }

    private let uptime: @Sendable () -> Duration
    private let began: Duration
    private let ledgers = Mutex<[EnvironmentName: TelemetryLedger]>([:])
    private let sources = Mutex<[Source]>([])

    /// Telemetry without counts.
    ///
    /// - Parameter uptime: A clock that never goes back.
    public init(uptime: @escaping @Sendable () -> Duration) {
        self.uptime = uptime
        self.began = uptime()
    }

    /// Has an instance within this process counted as well, from now on.
    public func include(
        _ id: InstanceID, in environment: EnvironmentName, counts: @escaping @Sendable () -> TelemetryCounts
    ) {
        let source = Source(
            environment: environment, id: id, start: "here-\(id.text.prefix(80))", since: self.uptime(), counts: counts)
        self.sources.withLock { $0.append(source) }
        self.collect(environment)
    }

    /// Takes in what an instance says.
    public func add(_ report: TelemetryReport, from instance: InstanceID, in environment: EnvironmentName) {
        let now = self.uptime()
        self.ledgers.withLock { ledgers in
            ledgers[environment, default: TelemetryLedger(at: self.began)].add(report, from: instance, at: now)
        }
    }

    /// What was counted in an environment, that of this moment within this process included.
    public func totals(of environment: EnvironmentName) -> [TelemetrySeries: Int64] {
        self.collect(environment)
        return self.ledgers.withLock { $0[environment]?.totals ?? [:] }
    }

    /// What was counted of a metric, of those whom a rollout concerns and of the rest: what a ``RolloutEngine`` reads.
    public func counts(of metric: GuardMetric, for rollout: RolloutRecord) -> GuardCounts {
        guard let step = rollout.machine.inForce else { return GuardCounts() }
        var counts = metric.counts(of: rollout.machine.plan, at: step, in: self.totals(of: rollout.environment))
        counts.isComplete = self.dropped(in: rollout.environment) == 0
        return counts
    }

    /// How many counts were not taken, as an environment had too many series.
    public func dropped(in environment: EnvironmentName) -> Int64 {
        self.ledgers.withLock { $0[environment]?.dropped ?? 0 }
    }

    /// Asks those within this process, and forgets instances that have said nothing for an hour; what they counted stays.
    /// To be called now and then.
    public func sweep() {
        for environment in Set(self.sources.withLock { $0.map(\.environment) }) { self.collect(environment) }
        let now = self.uptime()
        self.ledgers.withLock { ledgers in
            for environment in Array(ledgers.keys) { ledgers[environment]?.sweep(at: now) }
        }
    }

    private func collect(_ environment: EnvironmentName) {
        let now = self.uptime()
        for source in self.sources.withLock({ $0 }) where source.environment == environment {
            let age = (now - source.since).components.seconds * 1000
            let report = TelemetryReport(start: source.start, ageMilliseconds: age, counts: source.counts())
            self.add(report, from: source.id, in: environment)
        }
    }
}
