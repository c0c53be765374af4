internal import ControlPlane
internal import CoreMetrics
internal import PrometheusMetrics

/// A storage whose transactions are timed.
struct MeteredStorage: FlagStorage {
    private let storage: any FlagStorage
    private let timer: Timer
    private let clock = ContinuousClock()

    init(_ storage: any FlagStorage, factory: PrometheusFactory) {
        self.storage = storage
        self.timer = Timer(label: ServerMetric.transactionDuration.name, dimensions: [], factory: factory)
    }

    func read<Value: Sendable>(
        _ query: @escaping @Sendable (any StoredState) throws(ControlPlaneError) -> Value
    ) async throws(ControlPlaneError) -> Value {
        try await self.storage.read(query)
    }

    func transact<Outcome: Sendable>(
        urgency: Urgency,
        _ decide: @escaping @Sendable (any StoredState) throws(ControlPlaneError) -> Decision<Outcome>
    ) async throws(ControlPlaneError) -> Outcome {
        let start = self.clock.now
        let outcome = try await self.storage.transact(urgency: urgency, decide)
        let (seconds, attoseconds) = start.duration(to: self.clock.now).components
        self.timer.recordNanoseconds(seconds * 1_000_000_000 + attoseconds / 1_000_000_000)
        return outcome
    }
}
