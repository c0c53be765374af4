public import FlagModel
internal import Synchronization

/// Moves all rollouts along. Everything that it must not forget is stored; what it keeps is only what its guards are
/// looking at, and a new engine over the same storage takes up every rollout where the old one left it.
///
/// ```swift
/// let engine = RolloutEngine(plane: plane, isConverged: fleet.isConverged, counts: telemetry.counts)
/// for await _ in timer { try await engine.advance() }
/// ```
public final class RolloutEngine: Sendable {
    /// Whether every live instance has a revision, or a newer one.
    public typealias ConvergenceCheck = @Sendable (_ revision: Int64, _ environment: EnvironmentName) -> Bool
    /// What was counted of a metric since the server started, of a rollout's cohort and of the rest. The numbers only
    /// grow.
    public typealias CountReader = @Sendable (_ metric: String, _ rollout: RolloutRecord) -> GuardCounts

    /// A guard at one application of a step.
    private struct Watch: Hashable {
        var rollout: Int64
        var revision: Int64
        var step: Int
        var guardName: String
    }

    private struct Watched {
        var start: GuardCounts
        var monitor: GuardMonitor
    }

    private let plane: ControlPlane
    private let isConverged: ConvergenceCheck
    private let counts: CountReader
    private let watches = Mutex<[Watch: Watched]>([:])

    /// An engine over a control plane that no other engine moves.
    public init(plane: ControlPlane, isConverged: @escaping ConvergenceCheck, counts: @escaping CountReader) {
        self.plane = plane
        self.isConverged = isConverged
        self.counts = counts
    }

    /// Looks at all rollouts once and takes those further that are ready. To be called about once a second.
    ///
    /// - Returns: Those that something happened to.
    /// - Throws: ``ControlPlaneError/storage(_:)``; the next call takes up what this one did not do.
    @discardableResult
    public func advance() async throws(ControlPlaneError) -> [RolloutOutcome] {
        var seen: Set<Watch> = []
        var outcomes: [RolloutOutcome] = []
        var failure: ControlPlaneError?
        for environment in self.plane.environments.map(\.name) {
            do throws(ControlPlaneError) {
                for record in try await self.live(in: environment) {
                    // One that cannot go on must not keep another from going back.
                    do throws(ControlPlaneError) {
                        let events = self.events(for: record, &seen)
                        let outcome = try await self.plane.driveRollout(record.id, in: environment, events)
                        if !outcome.notices.isEmpty { outcomes.append(outcome) }
                    } catch {
                        failure = failure ?? error
                    }
                }
            } catch {
                failure = failure ?? error
            }
        }
        self.watches.withLock { watches in watches = watches.filter { seen.contains($0.key) } }
        if let failure { throw failure }
        return outcomes
    }

    private func live(in environment: EnvironmentName) async throws(ControlPlaneError) -> [RolloutRecord] {
        try await self.plane.storage.read { state throws(ControlPlaneError) in
            try state.liveRollouts(in: environment)
        }
    }

    private func events(for record: RolloutRecord, _ seen: inout Set<Watch>) -> [RolloutEvent] {
        let verdicts = self.verdicts(on: record, &seen)
        guard case .running = record.machine.phase, let revision = record.machine.revision,
            self.isConverged(revision, record.environment)
        else { return verdicts }
        return [.converged(revision: revision)] + verdicts
    }

    /// What the guards say of the step that is in force.
    private func verdicts(on record: RolloutRecord, _ seen: inout Set<Watch>) -> [RolloutEvent] {
        let machine = record.machine
        guard let step = machine.inForce, let revision = machine.revision else { return [] }
        let now = self.plane.now()
        return machine.plan.guards(at: step).map { rule in
            let watch = Watch(rollout: record.id, revision: revision, step: step, guardName: rule.name)
            seen.insert(watch)
            let counts = self.counts(rule.metric, record)
            let reading = self.watches.withLock { watches in
                var watched =
                    watches[watch]
                    ?? Watched(
                        start: counts, monitor: GuardMonitor(rule, since: now, error: machine.plan.errorShare))
                defer { watches[watch] = watched }
                return watched.monitor.observe(counts - watched.start, at: now)
            }
            return .verdict(guard: rule.name, reading, step: step)
        }
    }
}
