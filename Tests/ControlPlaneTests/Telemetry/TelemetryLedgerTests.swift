import ControlPlane
import FlagModel
import Testing

@Suite("The sums of what instances count")
struct TelemetryLedgerTests {
    private static let series = TelemetrySeries.attempts(
        operation: "consume", pathway: "ticket", cohort: .rollout, refusal: nil)

    /// A ledger that began a hundred seconds ago, and what an instance says to it.
    private struct Bench {
        var ledger = TelemetryLedger(at: .zero)
        var now = Duration.seconds(100)

        mutating func report(_ count: Int64, start: String = "first", age: Int64 = 50, from instance: InstanceID = "a")
        {
            let counts = TelemetryCounts(
                attempts: [.init(operation: "consume", pathway: "ticket", cohort: .rollout, count: count)])
            self.ledger.add(
                TelemetryReport(start: start, ageMilliseconds: age * 1000, counts: counts), from: instance,
                at: self.now)
        }

        var total: Int64 { self.ledger.totals[TelemetryLedgerTests.series] ?? 0 }
    }

    @Test("Instances are added up, and each report counts only what it adds")
    func sums() {
        var bench = Bench()
        bench.report(10)
        bench.report(25)
        bench.report(7, from: "b")
        #expect(bench.total == 32)
    }

    @Test("A report that comes twice, or is overtaken, changes nothing")
    func repeated() {
        var bench = Bench()
        for count in [10, 25, 10, 25, 18, 30] as [Int64] { bench.report(count) }
        #expect(bench.total == 30)
    }

    @Test("An instance that restarts counts from 0, and a late report of its former start is still understood")
    func restarts() {
        var bench = Bench()
        bench.report(100)
        bench.report(5, start: "second", age: 1)
        #expect(bench.total == 105)
        bench.report(103)
        bench.report(8, start: "second", age: 2)
        #expect(bench.total == 111)
    }

    @Test("More processes under one name than it remembers are not counted again and again")
    func sharedName() {
        var bench = Bench()
        for _ in 1...10 {
            for process in 1...6 { bench.report(10, start: "process-\(process)") }
            bench.now += .seconds(1)
        }
        #expect(bench.total <= 60)
    }

    @Test("An instance that restarts again and again is counted each time")
    func restartsOften() {
        var bench = Bench()
        for start in 1...20 {
            bench.report(3, start: "start-\(start)", age: 1)
            bench.now += .seconds(2)
        }
        #expect(bench.total == 60)
    }

    @Test("What an instance counted before the server started is not counted now")
    func older() {
        var bench = Bench()
        bench.report(1_000_000, age: 101)
        #expect(bench.total == 0)
        bench.report(1_000_003, age: 102)
        #expect(bench.total == 3)
    }

    @Test("What an instance counted stays when it leaves, and is not counted again when it comes back")
    func leaves() {
        var bench = Bench()
        bench.report(40)
        bench.now = .seconds(3800)
        bench.ledger.sweep(at: bench.now)
        #expect(bench.total == 40)
        bench.report(41, age: 3750)
        bench.report(43, age: 3751)
        #expect(bench.total == 42)
    }

    @Test("Latencies and counters are added up as well")
    func kinds() {
        var ledger = TelemetryLedger(at: .zero)
        var buckets = Array(repeating: Int64(0), count: LatencyBuckets.count)
        buckets[3] = 4
        let counts = TelemetryCounts(
            latencies: [.init(operation: "issue", cohort: .control, buckets: buckets, sumMicroseconds: 9000)],
            counters: [.init(name: "checkout", flag: "NEW", cohort: .rollout, attempts: 9, failures: 2)])
        for instance in ["a", "b"] as [InstanceID] {
            ledger.add(TelemetryReport(start: "s", ageMilliseconds: 0, counts: counts), from: instance, at: .seconds(1))
        }
        #expect(
            ledger.totals.filter { $0.value > 0 } == [
                .latency(operation: "issue", cohort: .control, bucket: 3): 8,
                .latencySum(operation: "issue", cohort: .control): 18_000,
                .counter(name: "checkout", flag: "NEW", cohort: .rollout, failed: true): 4,
                .counter(name: "checkout", flag: "NEW", cohort: .rollout, failed: false): 14,
            ])
    }

    @Test("There are no more series than there is room for, and those that are there go on")
    func bounded() {
        var ledger = TelemetryLedger(at: .zero)
        func report(_ numbers: Range<Int>, _ count: Int64) -> TelemetryReport {
            TelemetryReport(
                start: "s", ageMilliseconds: 0,
                counts: TelemetryCounts(
                    attempts: numbers.map {
                        .init(operation: "op-\($0)", pathway: "ticket", cohort: .rollout, count: count)
                    }))
        }
        for first in stride(from: 0, to: 6000, by: 1000) {
            ledger.add(report(first..<first + 1000, 1), from: "a", at: .seconds(1))
        }
        ledger.add(report(0..<1, 5), from: "a", at: .seconds(2))
        #expect(ledger.totals.count == TelemetryLedger.seriesLimit)
        #expect(ledger.dropped == 6000 - Int64(TelemetryLedger.seriesLimit))
        #expect(ledger.totals[.attempts(operation: "op-0", pathway: "ticket", cohort: .rollout, refusal: nil)] == 5)
    }

    @Test("In any order of restarts, repetitions and losses the sum is what was counted and heard of")
    func random() {
        for seed in 0..<50 as Range<UInt64> {
            var random = SeededGenerator(seed: seed)
            var bench = Bench()
            bench.now = .seconds(1)
            var counts: [Int64] = [0]
            var heard: [Int64] = [0]
            var late: [(start: Int, count: Int64)] = []
            for second in 1...300 as ClosedRange<Int64> {
                bench.now = .seconds(second)
                counts[counts.count - 1] += Int64.random(in: 0...9, using: &random)
                if Int.random(in: 0..<60, using: &random) == 0 {
                    counts.append(0)
                    heard.append(0)
                }
                late.append((counts.count - 1, counts[counts.count - 1]))
                // Some arrive late, some twice, some never.
                guard Bool.random(using: &random), let one = late.randomElement(using: &random) else { continue }
                if one.start < counts.count - 3 { continue }
                bench.report(one.count, start: "start-\(one.start)", age: 0)
                heard[one.start] = max(heard[one.start], one.count)
                #expect(bench.total == heard.reduce(0, +))
            }
        }
    }
}
