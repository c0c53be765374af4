internal import CoreMetrics
internal import Synchronization

/// A number that goes up and down.
final class GaugeCell: MeterHandler, RecorderHandler {
    private let bits = Atomic<UInt64>(0)

    func set(_ value: Int64) { self.set(Double(value)) }

    func set(_ value: Double) { self.bits.store(value.bitPattern, ordering: .relaxed) }

    func increment(by amount: Double) { self.bits.addDouble(amount) }

    func decrement(by amount: Double) { self.bits.addDouble(-amount) }

    func record(_ value: Int64) { self.set(value) }

    func record(_ value: Double) { self.set(value) }

    var value: MetricFamily.Value { .number(Double(bitPattern: self.bits.load(ordering: .relaxed))) }
}
