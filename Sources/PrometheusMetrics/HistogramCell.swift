internal import CoreMetrics
internal import Synchronization

/// How often values fell into which buckets; times in seconds. Recording neither locks nor allocates.
final class HistogramCell: RecorderHandler, TimerHandler {
    private final class Bucket: Sendable {
        let count = Atomic<Int64>(0)
    }

    private let bounds: [Double]
    private let buckets: [Bucket]
    private let sum = Atomic<UInt64>(0)

    init(bounds: [Double]) {
        self.bounds = bounds
        self.buckets = (0...bounds.count).map { _ in Bucket() }
    }

    func record(_ value: Int64) { self.record(Double(value)) }

    func record(_ value: Double) {
        guard !value.isNaN else { return }
        let index = self.bounds.firstIndex { value <= $0 } ?? self.bounds.count
        self.buckets[index].count.wrappingAdd(1, ordering: .relaxed)
        self.sum.addDouble(value)
    }

    func recordNanoseconds(_ duration: Int64) { self.record(Double(max(0, duration)) / 1e9) }

    var value: MetricFamily.Value {
        .buckets(
            self.buckets.map { $0.count.load(ordering: .relaxed) },
            sum: Double(bitPattern: self.sum.load(ordering: .relaxed)))
    }
}
