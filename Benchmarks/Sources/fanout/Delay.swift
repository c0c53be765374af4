import BenchmarkSupport
import Foundation

/// How long a change took to arrive, over many changes and subscribers, in milliseconds.
struct Delay {
    var p50: Double
    var p99: Double

    init(_ samples: [Double]) {
        let sorted = samples.sorted()
        self.p50 = sorted[sorted.count / 2]
        self.p99 = sorted[min(sorted.count - 1, sorted.count * 99 / 100)]
    }

    /// The median of a figure over runs, as text.
    static func median(_ delays: [Delay], _ figure: (Delay) -> Double) -> String {
        String(format: "%.1f", Statistics.median(delays.map(figure)))
    }
}
