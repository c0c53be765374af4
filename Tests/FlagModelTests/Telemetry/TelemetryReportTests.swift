import FlagModel
import Testing

@Suite("A report of counts")
struct TelemetryReportTests {
    @Test("A latency falls in the bucket whose bound it does not exceed")
    func buckets() {
        #expect(LatencyBuckets.index(of: 0) == 0)
        #expect(LatencyBuckets.index(of: 500) == 0)
        #expect(LatencyBuckets.index(of: 501) == 1)
        #expect(LatencyBuckets.index(of: 250_000) == 8)
        #expect(LatencyBuckets.index(of: 2_500_001) == LatencyBuckets.count - 1)
        #expect(LatencyBuckets.bounds == LatencyBuckets.bounds.sorted())
    }

    @Test("What can have been counted is taken")
    func right() {
        let counts = TelemetryCounts(
            attempts: [.init(operation: "issue", pathway: "ticket", cohort: .rollout, count: 3)],
            latencies: [
                .init(
                    operation: "issue", cohort: .rollout, buckets: Array(repeating: 1, count: LatencyBuckets.count),
                    sumMicroseconds: 7)
            ],
            counters: [.init(name: "checkout", flag: "NEW", cohort: .control, attempts: 2, failures: 2)])
        #expect(TelemetryReport(start: "a1", ageMilliseconds: 0, counts: counts).issues(at: "telemetry") == [])
    }

    @Test("What cannot have been counted is refused, with every place")
    func wrong() {
        let counts = TelemetryCounts(
            attempts: [.init(operation: "two words", pathway: "ticket", cohort: .rollout, count: 3)],
            latencies: [.init(operation: "issue", cohort: .rollout, buckets: [1], sumMicroseconds: 7)],
            counters: [.init(name: "checkout", flag: "NEW", cohort: .control, attempts: 1, failures: 2)])
        let report = TelemetryReport(start: "", ageMilliseconds: -1, counts: counts)
        #expect(
            report.issues(at: "telemetry").map(\.path) == [
                "telemetry.start", "telemetry.ageMilliseconds", "telemetry.counts.attempts",
                "telemetry.counts.latencies", "telemetry.counts.counters",
            ])
    }

    @Test("A report has a greatest size")
    func size() {
        let entry = TelemetryCounts.Attempts(operation: "issue", pathway: "ticket", cohort: .rollout, count: 3)
        let counts = TelemetryCounts(attempts: Array(repeating: entry, count: TelemetryReport.limit + 1))
        let issues = TelemetryReport(start: "a1", ageMilliseconds: 0, counts: counts).issues(at: "telemetry")
        #expect(issues.map(\.path) == ["telemetry.counts.attempts"])
    }

    @Test(
        "A user is on a side by what the flag says and why",
        arguments: [
            (true, EvaluationReason.split, Cohort.rollout), (true, .targetingMatch, .targeted),
            (true, .static, .everyone),
            (false, .split, .control), (false, .targetingMatch, .control),
        ])
    func cohorts(_ isEnabled: Bool, _ reason: EvaluationReason, _ cohort: Cohort) {
        #expect(Cohort(isEnabled: isEnabled, reason: reason) == cohort)
    }
}
