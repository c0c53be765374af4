public import FlagModel

/// What one number of the fleet's telemetry counts.
public enum TelemetrySeries: Sendable, Hashable {
    /// Attempts to authenticate that ended in the same way; `refusal`: why they were refused, nil if they were not.
    case attempts(operation: String, pathway: String, cohort: Cohort, refusal: String?)
    /// Operations whose latency fell in a bucket of ``FlagModel/LatencyBuckets``.
    case latency(operation: String, cohort: Cohort, bucket: Int)
    /// How long operations took together, in microseconds.
    case latencySum(operation: String, cohort: Cohort)
    /// Attempts that a counter of a service's own counted: those that failed, and the others.
    case counter(name: String, flag: FlagKey, cohort: Cohort, failed: Bool)
}

extension TelemetryCounts {
    /// The counts one by one; those that are 0 may be missing.
    var series: [(TelemetrySeries, Int64)] {
        var series: [(TelemetrySeries, Int64)] = self.attempts.map { entry in
            (
                .attempts(
                    operation: entry.operation, pathway: entry.pathway, cohort: entry.cohort, refusal: entry.refusal),
                entry.count
            )
        }
        for entry in self.latencies {
            for (bucket, count) in entry.buckets.enumerated() where count > 0 {
                series.append((.latency(operation: entry.operation, cohort: entry.cohort, bucket: bucket), count))
            }
            series.append((.latencySum(operation: entry.operation, cohort: entry.cohort), entry.sumMicroseconds))
        }
        for entry in self.counters {
            for (failed, count) in [(true, entry.failures), (false, entry.attempts - entry.failures)] {
                series.append(
                    (.counter(name: entry.name, flag: entry.flag, cohort: entry.cohort, failed: failed), count))
            }
        }
        return series
    }
}
