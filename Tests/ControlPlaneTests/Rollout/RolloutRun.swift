import ControlPlane
import FlagModel
import Synchronization

/// A rollout on a control plane in memory, with an engine and a world that the test makes.
struct RolloutRun {
    /// What the engine sees of the world.
    struct Conditions: Sendable {
        var isConverged = true
        var counts = GuardCounts()
        /// What Prometheus answers; nil: nothing.
        var answer: Double?
    }

    let fixture: Fixture
    let plan: RolloutPlan
    let engine: RolloutEngine
    let conditions: Conditioner

    /// The conditions, where the engine can see them change.
    final class Conditioner: Sendable {
        private let inside = Mutex(Conditions())
        func withLock<Value: Sendable>(_ body: (inout Conditions) -> Value) -> Value {
            self.inside.withLock { body(&$0) }
        }
    }

    /// - Parameter before: The share in force before the rollout.
    init(
        _ steps: String, guards: [RolloutGuard] = [], approvalAt: Int? = nil, before: Double? = nil
    ) async throws {
        self.fixture = try await Fixture()
        self.plan = RolloutBench.plan(steps, guards: guards, approvalAt: approvalAt)
        let conditions = Conditioner()
        self.conditions = conditions
        let clock = self.fixture.clock
        self.engine = RolloutEngine(
            plane: self.fixture.plane, isConverged: { _, _ in conditions.withLock { $0.isConverged } },
            counts: { _, _ in conditions.withLock { $0.counts } },
            answers: { _ in
                conditions.withLock { $0.answer }.map { .value($0, at: clock.now) } ?? .nothing("the answer is empty")
            })
        if let before { try await self.fixture.commit(try Fixture.percent(before)) }
    }

    func start() async throws {
        _ = try await self.fixture.plane.startRollout(
            self.plan, in: Fixture.environment, reason: "first cohort", by: Fixture.manager)
    }

    func command(_ command: RolloutCommand, rollout id: Int64 = 1) async throws {
        _ = try await self.fixture.plane.command(
            command, rollout: id, in: Fixture.environment, reason: "because", by: Fixture.manager)
    }

    /// Lets time pass while the engine looks every few seconds, and some traffic flows.
    func pass(_ seconds: Int64, every interval: Int64 = 5) async throws {
        for _ in 0..<(seconds / interval) {
            self.fixture.clock.advance(milliseconds: interval * 1000)
            self.conditions.withLock { conditions in
                guard conditions.counts.cohort.attempts > 0 else { return }
                conditions.counts.cohort = Tally(
                    attempts: conditions.counts.cohort.attempts + 1000, failures: conditions.counts.cohort.failures)
                conditions.counts.rest = Tally(
                    attempts: conditions.counts.rest.attempts + 1000, failures: conditions.counts.rest.failures)
            }
            _ = try await self.engine.advance().get()
        }
    }

    var record: RolloutRecord {
        get async throws { try await self.fixture.plane.rollout(1, in: Fixture.environment) }
    }

    /// The revisions, newest first.
    var revisions: [RevisionRecord] {
        get async throws { try await self.fixture.plane.history(of: Fixture.environment).revisions }
    }

    /// The shares that the rollout's revisions brought, oldest first.
    var shares: [Double] {
        get async throws {
            var shares: [Double] = []
            for revision in try await self.revisions.reversed() where revision.origin == .rollout {
                let snapshot = try await self.fixture.plane.snapshot(of: Fixture.environment, at: revision.number)
                shares.append(snapshot.content.flags[Fixture.tickets]?.rollout?.percentage.percent ?? -1)
            }
            return shares
        }
    }
}
