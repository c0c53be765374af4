import BenchmarkSupport
import Foundation

/// One line of the table: what we do and what stands beside us, run for run.
struct Row {
    var title: String
    var unit: String
    var reference: String
    /// The target for the ratio, and whether it is a floor or a ceiling.
    var target: Target
    var ours: [Double] = []
    var theirs: [Double] = []

    enum Target {
        case atLeast(Double)
        case atMost(Double)

        var description: String {
            switch self {
            case .atLeast(let value): "≥ " + value.formatted(decimals: 2)
            case .atMost(let value): "≤ " + value.formatted(decimals: 2)
            }
        }
    }

    /// The median of the ratios of the runs. A pair of runs shares the machine's mood; the medians of each side do not.
    var ratio: Double { Statistics.median(zip(self.ours, self.theirs).map { $0 / $1 }) }

    var markdown: String {
        let ours = Statistics.median(self.ours).formatted(decimals: self.unit == "µs" ? 1 : 0)
        let theirs = Statistics.median(self.theirs).formatted(decimals: self.unit == "µs" ? 1 : 0)
        return "| \(self.title) | \(ours) \(self.unit) | \(theirs) \(self.unit) (\(self.reference)) "
            + "| **\(self.ratio.formatted(decimals: 2))** | \(self.target.description) |"
    }
}

extension Double {
    func formatted(decimals: Int) -> String { String(format: "%.\(decimals)f", self) }
}
