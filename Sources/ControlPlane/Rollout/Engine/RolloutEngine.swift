public import FlagModel
internal import Synchronization

/// Moves all rollouts along. Everything that it must not forget is stored; what it keeps is only what its guards are
/// looking at, and a new engine over the same storage takes up every rollout where the old one left it.
///
/// ```swift
/// let engine = RolloutEngine(plane: plane, isConverged: fleet.isConverged, counts: telemetry.counts)
/// for await _ in timer { await engine.advance() }
/// ```
public final class RolloutEngine: Sendable {
    /// Whether every live instance has a revision, or a newer one.
    public typealias ConvergenceCheck = @Sendable (_ revision: Int64, _ environment: EnvironmentName) -> Bool
    /// What was counted of a metric since the server started, of a rollout's cohort and of the rest. The numbers only
    /// grow.
    public typealias CountReader = @Sendable (_ metric: GuardMetric, _ rollout: RolloutRecord) -> GuardCounts
    /// What a query was answered last.
    public typealias QueryReader = @Sendable (_ condition: QueryCondition) -> QueryAnswer
    /// What is known of nobody's coming in by a pathway.
    public typealias IdlenessReader = @Sendable (_ pathway: String, _ environment: EnvironmentName) -> PathwayIdleness

    private let plane: ControlPlane
    private let isConverged: ConvergenceCheck
    private let counts: CountReader
    private let answers: QueryReader
    private let idleness: IdlenessReader
    private let watches = Mutex<[GuardWatch.Place: GuardWatch]>([:])

    /// An engine over a control plane that no other engine moves.
    ///
    /// - Parameters:
    ///   - answers: What Prometheus answers; without it guards that ask it have no data.
    ///   - idleness: What is known of the pathways' use; without it guards that watch it have no data.
    public init(
        plane: ControlPlane, isConverged: @escaping ConvergenceCheck, counts: @escaping CountReader,
        answers: @escaping QueryReader = { _ in .nothing("the server has no Prometheus to ask") },
        idleness: @escaping IdlenessReader = { _, _ in PathwayIdleness() }
    ) {
        self.plane = plane
        self.isConverged = isConverged
        self.counts = counts
        self.answers = answers
        self.idleness = idleness
    }

    /// Looks at all rollouts once and takes those further that are ready. To be called about once a second.
    /// One that cannot go on keeps no other from doing so.
    @discardableResult
    public func advance() async -> RolloutRound {
        var seen: Set<GuardWatch.Place> = []
        var round = RolloutRound()
        for environment in self.plane.environments.map(\.name) {
            do throws(ControlPlaneError) {
                for record in try await self.plane.liveRollouts(of: environment) {
                    if let fault = record.machine.fault {
                        round.failures.append(
                            .rolloutRefused(record.id, "it stands still, as it cannot be read: \(fault)"))
                        continue
                    }
                    do throws(ControlPlaneError) {
                        let outcome = try await self.move(record)
                        if let place = GuardWatch.Place(outcome.record) { seen.insert(place) }
                        if !outcome.notices.isEmpty { round.outcomes.append(outcome) }
                    } catch {
                        round.failures.append(error)
                    }
                }
            } catch {
                round.failures.append(error)
            }
        }
        // One that could not be looked at is still watched.
        if round.failures.isEmpty {
            self.watches.withLock { watches in watches = watches.filter { seen.contains($0.key) } }
        }
        return round
    }

    /// What the guards of a rollout's step said when they were looked at last, by their names; none before that.
    public func readings(of rollout: RolloutRecord) -> [String: GuardReading] {
        GuardWatch.Place(rollout).flatMap { place in self.watches.withLock { $0[place]?.readings } } ?? [:]
    }

    /// Tells a rollout what there is to tell.
    private func move(_ record: RolloutRecord) async throws(ControlPlaneError) -> RolloutOutcome {
        var events = self.convergence(of: record)
        let place = GuardWatch.Place(record)
        guard let place, let step = record.machine.inForce, !record.machine.plan.guards(at: step).isEmpty else {
            return try await self.plane.driveRollout(record.id, in: record.environment, events)
        }
        if let readings = self.look(at: record, place) {
            events += readings.map { .verdict(guard: $0.name, $0.reading, step: step) }
            return try await self.plane.driveRollout(record.id, in: record.environment, events)
        }
        // That they begin is stored before they look: a server that is restarted again and again has no more of the error.
        let outcome = try await self.plane.driveRollout(record.id, in: record.environment, events + [.watchBegan])
        if GuardWatch.Place(outcome.record) == place { self.watch(outcome.record, place, step) }
        return outcome
    }

    /// Whether every instance has the step by now, or one does not any more.
    private func convergence(of record: RolloutRecord) -> [RolloutEvent] {
        guard let revision = record.machine.revision else { return [] }
        return switch (record.machine.phase, self.isConverged(revision, record.environment)) {
        case (.running, true): [.converged(revision: revision)]
        case (.holding, false): [.lagging(revision: revision)]
        default: []
        }
    }

    /// Has the guards of the step that is in force begin to look.
    private func watch(_ record: RolloutRecord, _ place: GuardWatch.Place, _ step: Int) {
        let watch = GuardWatch(
            record.machine.plan, at: step, number: record.machine.watches, from: self.plane.now(),
            counts: { self.counts($0, record) })
        self.watches.withLock { $0[place] = watch }
    }

    /// What the guards say of the step that is in force, in the plan's order; nil: they have not begun to look.
    private func look(
        at record: RolloutRecord, _ place: GuardWatch.Place
    ) -> [(name: String, reading: GuardReading)]? {
        // Read outside the lock, which whoever looks at the readings takes as well.
        guard var watch = self.watches.withLock({ $0[place] }) else { return nil }
        let readings = watch.look(
            at: self.plane.now(), counts: { self.counts($0, record) }, answers: self.answers,
            idleness: { self.idleness($0, record.environment) })
        self.watches.withLock { $0[place] = watch }
        return readings
    }
}
