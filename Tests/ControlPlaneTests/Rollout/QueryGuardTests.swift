import FlagModel
import Testing

@testable import ControlPlane

@Suite("A guard that asks Prometheus")
struct QueryGuardTests {
    private static let start = Timestamp(millisecondsSinceEpoch: 1_750_000_000_000)

    /// A guard that wants 0 to 5, and that is told something every second.
    private struct Bench {
        var monitor = QueryMonitor(QueryCondition(query: "x", minimum: 0, maximum: 5, seconds: 10))
        var now = QueryGuardTests.start

        mutating func hear(_ value: Double?, seconds: Int = 1) -> GuardReading {
            var reading: GuardReading?
            for _ in 0..<seconds {
                self.now = self.now.advanced(byMilliseconds: 1000)
                let answer = value.map { QueryAnswer.value($0, at: self.now) } ?? .nothing("the answer is empty")
                reading = self.monitor.observe(answer, at: self.now)
            }
            return reading ?? self.monitor.observe(.nothing(""), at: self.now)
        }
    }

    @Test("A value within its bounds passes")
    func passes() {
        var bench = Bench()
        for value in [0, 2.5, 5] { #expect(bench.hear(value).verdict == .pass) }
    }

    @Test("A value beyond a bound fails when it has been so for long enough, and not before", arguments: [-0.1, 5.1])
    func fails(_ value: Double) {
        var bench = Bench()
        #expect(bench.hear(value, seconds: 10).verdict == .inconclusive)
        #expect(bench.hear(value).verdict == .fail)
    }

    @Test("One good value, or none, begins the time anew", arguments: [1, nil] as [Double?])
    func interrupted(_ other: Double?) {
        var bench = Bench()
        _ = bench.hear(9, seconds: 10)
        _ = bench.hear(other)
        #expect(bench.hear(9, seconds: 10).verdict == .inconclusive)
        #expect(bench.hear(9).verdict == .fail)
    }

    @Test("No answer, no number and an old answer are no data", arguments: [.nan, .infinity, nil] as [Double?])
    func noData(_ value: Double?) {
        var bench = Bench()
        #expect(bench.hear(value).verdict == .noData)
        let old = QueryAnswer.value(1, at: Self.start.advanced(byMilliseconds: -31_000))
        #expect(bench.monitor.observe(old, at: Self.start).verdict == .noData)
    }

    @Test("The evidence is the value, what is good and for how long it was not")
    func evidence() {
        var bench = Bench()
        let reading = bench.hear(9.5, seconds: 6)
        #expect(reading.description == "9.5 (good is 0 at least, 5 at most, not for 5s)")
        #expect(reading.json["value"] == 9.5)
        #expect(reading.json["query"] == "x")
        #expect(bench.hear(nil).description == "no number: the answer is empty")
    }

    @Test("In a rollout it holds without data, advances on good values and takes back on bad ones")
    func inRollout() async throws {
        let rule = RolloutGuard(
            name: "errors", metric: .prometheus(QueryCondition(query: "x", maximum: 5, seconds: 10)))
        let run = try await RolloutRun("25%:1m,100%", guards: [rule])
        try await run.start()
        try await run.pass(120)
        #expect(try await run.record.machine.phase == .holding(step: 0))
        run.conditions.withLock { $0.answer = 1 }
        try await run.pass(10)
        #expect(try await run.record.machine.inForce == 1)
        run.conditions.withLock { $0.answer = 7 }
        try await run.pass(20)
        let reason = try #require(try await run.record.machine.phase.reason)
        #expect(reason.kind == .guardFailed && reason.evidence?["value"] == 7)
    }
}
