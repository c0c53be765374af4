import ControlPlane
import FlagModel
import Synchronization

/// A storage without a disk, for tests of decisions. It counts its write transactions, can be told to fail, and can hold
/// back the report of a transaction that it has carried out.
final class MemoryStorage: FlagStorage {
    private struct Inside {
        var state = MemoryState()
        var transactions = 0
        var failure: StorageFailure?
        var urgencies: [Urgency] = []
    }

    private let inside = Mutex(Inside())
    private let beforeReport: @Sendable (Int) async -> Void

    /// - Parameter beforeReport: Called with the transaction's number after it was carried out and before it is reported.
    init(beforeReport: @escaping @Sendable (Int) async -> Void = { _ in }) {
        self.beforeReport = beforeReport
    }

    var state: MemoryState { self.inside.withLock { $0.state } }
    var transactions: Int { self.inside.withLock { $0.transactions } }
    var urgencies: [Urgency] { self.inside.withLock { $0.urgencies } }

    func edit(_ body: (inout MemoryState) -> Void) { self.inside.withLock { body(&$0.state) } }
    func fail(with failure: StorageFailure?) { self.inside.withLock { $0.failure = failure } }

    func read<Value: Sendable>(
        _ query: @escaping @Sendable (any StoredState) throws(ControlPlaneError) -> Value
    ) async throws(ControlPlaneError) -> Value {
        try query(self.state)
    }

    func transact<Outcome: Sendable>(
        urgency: Urgency,
        _ decide: @escaping @Sendable (any StoredState) throws(ControlPlaneError) -> Decision<Outcome>
    ) async throws(ControlPlaneError) -> Outcome {
        let result: Result<(Outcome, Int), ControlPlaneError> = self.inside.withLock { inside in
            inside.urgencies.append(urgency)
            do throws(ControlPlaneError) {
                let decision = try decide(inside.state)
                if let failure = inside.failure { throw .storage(failure) }
                inside.state.perform(decision.writes)
                inside.transactions += decision.writes.isEmpty ? 0 : 1
                return .success((decision.outcome, inside.transactions))
            } catch {
                return .failure(error)
            }
        }
        let (outcome, number) = try result.get()
        await self.beforeReport(number)
        return outcome
    }
}
