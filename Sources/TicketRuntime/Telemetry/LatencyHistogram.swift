import FlagModel
import Synchronization

/// How often an operation took how long. Recording is two additions, without a lock and without allocation.
final class LatencyHistogram: Sendable {
    private final class Cell: Sendable {
        let value = Atomic<Int64>(0)
    }

    /// One for each bucket.
    private let cells: [Cell]
    private let sum = Atomic<Int64>(0)

    init() {
        self.cells = (0..<LatencyBuckets.count).map { _ in Cell() }
    }

    /// Takes note of a latency.
    func record(_ microseconds: Int64) {
        let microseconds = max(0, microseconds)
        self.cells[LatencyBuckets.index(of: microseconds)].value.wrappingAdd(1, ordering: .relaxed)
        self.sum.wrappingAdd(microseconds, ordering: .relaxed)
    }

    /// How often each bucket was hit.
    var buckets: [Int64] { self.cells.map { $0.value.load(ordering: .relaxed) } }

    /// All latencies together.
    var sumMicroseconds: Int64 { self.sum.load(ordering: .relaxed) }

    /// Whether nothing was recorded.
    var isEmpty: Bool { self.cells.allSatisfy { $0.value.load(ordering: .relaxed) == 0 } }
}
