internal import ControlPlane
internal import FlagModel
internal import PrometheusMetrics

/// Collects series by their metrics.
struct MetricTable {
    private var samples: [MetricDescription: [MetricFamily.Sample]] = [:]

    /// The metrics that have series.
    var families: [MetricFamily] {
        self.samples.map { MetricFamily($0.key, $0.value) }
    }

    /// Adds a number.
    mutating func add(_ metric: MetricDescription, _ labels: Labels, _ number: Double) {
        self.samples[metric, default: []].append(.init(labels, .number(number)))
    }

    /// Adds what the instances of an environment counted.
    mutating func add(_ totals: [TelemetrySeries: Int64], of environment: EnvironmentName) {
        var histograms: [Labels: (buckets: [Int64], sum: Double)] = [:]
        let none = (buckets: Array(repeating: Int64(0), count: LatencyBuckets.count), sum: 0.0)
        for (series, count) in totals {
            switch series {
            case .attempts(let operation, let pathway, let cohort, let refusal):
                self.add(
                    ServerMetric.ticketOperations,
                    [
                        "environment": environment.text, "operation": operation, "pathway": pathway,
                        "cohort": cohort.rawValue, "outcome": refusal ?? "granted",
                    ], Double(count))
            case .counter(let name, let flag, let cohort, let failed):
                self.add(
                    ServerMetric.counters,
                    [
                        "environment": environment.text, "counter": name, "flag": flag.text,
                        "cohort": cohort.rawValue, "outcome": failed ? "failed" : "succeeded",
                    ], Double(count))
            case .latency(let operation, let cohort, let bucket):
                histograms[Self.labels(environment, operation, cohort), default: none].buckets[bucket] = count
            case .latencySum(let operation, let cohort):
                histograms[Self.labels(environment, operation, cohort), default: none].sum = Double(count) / 1_000_000
            }
        }
        for (labels, histogram) in histograms {
            self.samples[ServerMetric.ticketDuration, default: []].append(
                .init(labels, .buckets(histogram.buckets, sum: histogram.sum)))
        }
    }

    private static func labels(_ environment: EnvironmentName, _ operation: String, _ cohort: Cohort) -> Labels {
        ["environment": environment.text, "operation": operation, "cohort": cohort.rawValue]
    }
}
