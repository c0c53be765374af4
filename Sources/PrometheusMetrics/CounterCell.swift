internal import CoreMetrics
internal import Synchronization

/// A number that only grows.
final class CounterCell: CounterHandler {
    private let count = Atomic<Int64>(0)

    func increment(by amount: Int64) {
        if amount > 0 { self.count.wrappingAdd(amount, ordering: .relaxed) }
    }

    /// Not for Prometheus: it would take it for a restart of the process.
    func reset() {}

    var value: MetricFamily.Value { .number(Double(self.count.load(ordering: .relaxed))) }
}
