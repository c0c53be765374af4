import ControlPlane
import FlagModel
import FlagStore
import Synchronization
import TestSupport

/// A rollout on a real file, driven by servers that come and go: each has the file open only as long as it lives.
final class RolloutHarness: Sendable {
    let directory: TemporaryDirectory
    private let clock = Mutex(Timestamp(millisecondsSinceEpoch: 1_750_000_000_000))

    static let reason = "because"

    init() throws {
        self.directory = try TemporaryDirectory()
    }

    var now: Timestamp { self.clock.withLock { $0 } }
    func advance(milliseconds: Int64) { self.clock.withLock { $0 = $0.advanced(byMilliseconds: milliseconds) } }

    static func plan(_ steps: String, guards: [RolloutGuard] = []) throws -> RolloutPlan {
        var plan = try RolloutPlan(flag: Fixture.tickets, variant: "on", steps: steps)
        plan.guards = guards
        return plan
    }

    /// Opens the file as a new process would, hands it to `body`, and forgets all that was in memory.
    ///
    /// - Parameter dyingAt: The write transaction, from 1, at which the process dies, before or after it is carried out.
    func withServer<Value: Sendable>(
        dyingAt: Int? = nil, committed: Bool = false,
        _ body: (ControlPlane, RolloutEngine) async throws -> Value
    ) async throws -> Value {
        let store = try FlagStore(Fixture.configuration(self.directory.file("flags.sqlite")))
        do {
            let storage = MortalStorage(store: store, dyingAt: dyingAt, committed: committed)
            let plane = try await ControlPlane(storage: storage, now: { [self] in self.now })
            let engine = RolloutEngine(plane: plane, isConverged: { _, _ in true }, counts: { _, _ in GuardCounts() })
            let value = try await body(plane, engine)
            try store.close()
            return value
        } catch {
            try store.close()
            throw error
        }
    }

    /// The shares that the rollout's revisions brought, oldest first.
    static func shares(_ plane: ControlPlane) async throws -> [Double] {
        var shares: [Double] = []
        for revision in try await plane.history(of: Fixture.environment).revisions.reversed()
        where revision.origin == .rollout {
            let snapshot = try await plane.snapshot(of: Fixture.environment, at: revision.number)
            shares.append(snapshot.content.flags[Fixture.tickets]?.rollout?.percentage.percent ?? -1)
        }
        return shares
    }
}
