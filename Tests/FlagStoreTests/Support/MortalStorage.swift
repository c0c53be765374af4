import ControlPlane
import FlagStore
import Synchronization

/// A storage whose process dies at a write transaction: before it is carried out, or after that and before anyone hears.
final class MortalStorage: FlagStorage {
    /// The process is dead.
    static let death = ControlPlaneError.storage(
        StorageFailure(.unavailable, "the process died", at: "test", cure: "Start it again"))

    private let store: FlagStore
    private let dyingAt: Int?
    private let committed: Bool
    private let count = Mutex(0)

    init(store: FlagStore, dyingAt: Int?, committed: Bool) {
        self.store = store
        self.dyingAt = dyingAt
        self.committed = committed
    }

    func read<Value: Sendable>(
        _ query: @escaping @Sendable (any StoredState) throws(ControlPlaneError) -> Value
    ) async throws(ControlPlaneError) -> Value {
        try await self.store.read(query)
    }

    func transact<Outcome: Sendable>(
        urgency: Urgency,
        _ decide: @escaping @Sendable (any StoredState) throws(ControlPlaneError) -> Decision<Outcome>
    ) async throws(ControlPlaneError) -> Outcome {
        let number = self.count.withLock { count in
            count += 1
            return count
        }
        guard let dyingAt, number >= dyingAt else { return try await self.store.transact(urgency: urgency, decide) }
        if number == dyingAt, self.committed { _ = try await self.store.transact(urgency: urgency, decide) }
        throw Self.death
    }
}
