import FlagModel
import Testing

@testable import ControlPlane

/// How often a guard is mistaken and how quick it is, with checks every second and fixed seeds.
@Suite("Guards in simulation")
struct GuardSimulationTests {
    private static let start = Timestamp(millisecondsSinceEpoch: 1_750_000_000_000)

    /// A guard over traffic, a second at a time.
    private struct Watch {
        var traffic: Traffic
        var monitor: GuardMonitor
        var now = GuardSimulationTests.start

        /// The error is that of a plan with five steps and one guard, which has not been interrupted.
        init(_ traffic: Traffic, error: Double = ErrorBudget.share(of: RolloutGuard.errorBudget / 5, 1)) {
            self.traffic = traffic
            self.monitor = GuardMonitor(RolloutBench.failures, since: self.now, error: error)
        }

        mutating func pass() -> GuardVerdict {
            self.traffic.pass()
            self.now = self.now.advanced(byMilliseconds: 1000)
            return self.monitor.observe(self.traffic.counts, at: self.now).verdict
        }

        /// The first verdict of a kind within so many seconds, and after how many it came.
        mutating func first(_ wanted: Set<GuardVerdict>, within seconds: Int) -> (verdict: GuardVerdict, after: Int)? {
            for second in 1...seconds {
                let verdict = self.pass()
                if wanted.contains(verdict) { return (verdict, second) }
            }
            return nil
        }
    }

    @Test(
        "With no regression at most 1 % are taken back by mistake, whatever the ratio of failures",
        arguments: [0.001, 0.005, 0.02])
    func noRegression(_ ratio: Double) async {
        var mistakes = 0
        for seed in 0..<100 as Range<UInt64> {
            await Task.yield()
            var watch = Watch(
                Traffic(seed: seed, cohortRate: 20, restRate: 60, ratio: ratio), error: RolloutGuard.errorBudget)
            if watch.first([.fail], within: 1200) != nil { mistakes += 1 }
        }
        #expect(mistakes <= 1)
    }

    @Test("So it is even when the cohort fails as much more often as it just may")
    func boundary() async {
        var mistakes = 0
        for seed in 0..<200 as Range<UInt64> {
            await Task.yield()
            var traffic = Traffic(seed: seed, cohortRate: 50, restRate: 50, ratio: 0.005)
            traffic.cohortRatio += RolloutBench.failures.tolerance
            var watch = Watch(traffic, error: RolloutGuard.errorBudget)
            if watch.first([.fail], within: 600) != nil { mistakes += 1 }
        }
        #expect(mistakes <= 2)
    }

    @Test("So it is even when the server restarts every minute, and all guards begin anew")
    func restarts() async {
        let plan = RolloutBench.plan("50%:1h", guards: [RolloutBench.failures])
        var mistakes = 0
        for seed in 0..<200 as Range<UInt64> {
            await Task.yield()
            var traffic = Traffic(seed: seed, cohortRate: 50, restRate: 50, ratio: 0.005)
            traffic.cohortRatio += RolloutBench.failures.tolerance
            var now = Self.start
            var isMistaken = false
            for number in 1...20 {
                // The counters of the server's own begin at 0 again.
                let before = traffic.counts
                var watch = GuardWatch(plan, at: 0, number: number, from: now) { _ in GuardCounts() }
                for _ in 0..<60 where !isMistaken {
                    traffic.pass()
                    now = now.advanced(byMilliseconds: 1000)
                    let readings = watch.look(
                        at: now, counts: { _ in traffic.counts - before }, answers: { _ in .nothing("") },
                        idleness: { _ in PathwayIdleness() })
                    isMistaken = readings.contains { $0.reading.verdict == .fail }
                }
            }
            if isMistaken { mistakes += 1 }
        }
        #expect(mistakes <= 2)
    }

    @Test(
        "A rise from 0.5 % to 5 % at 100 attempts a second is caught within 30 seconds, early and late in a step",
        arguments: [(0, 300), (300, 100), (7200, 5)], [100, 9900])
    func detection(_ step: (quiet: Int, runs: UInt64), _ restRate: Int64) async {
        let (quiet, runs) = step
        var missed = 0
        for seed in 0..<runs {
            await Task.yield()
            var watch = Watch(Traffic(seed: seed, cohortRate: 100, restRate: restRate, ratio: 0.005))
            for _ in 0..<quiet where watch.pass() == .fail { missed += 1 }
            watch.traffic.cohortRatio = 0.05
            if watch.first([.fail], within: 30) == nil { missed += 1 }
        }
        #expect(Double(missed) <= 0.01 * Double(runs))
    }

    @Test("An outage for all is an outage, and the rollout is not blamed", arguments: [0.2, 0.9])
    func outage(_ ratio: Double) async {
        for seed in 0..<100 as Range<UInt64> {
            await Task.yield()
            var watch = Watch(Traffic(seed: seed, cohortRate: 50, restRate: 200, ratio: 0.005))
            for _ in 0..<60 { _ = watch.pass() }
            watch.traffic.cohortRatio = ratio
            watch.traffic.restRatio = ratio
            #expect(watch.first([.fail, .outage], within: 30)?.verdict == .outage)
        }
    }

    @Test("What is healthy passes in time")
    func passes() async {
        for seed in 0..<50 as Range<UInt64> {
            await Task.yield()
            var watch = Watch(Traffic(seed: seed, cohortRate: 20, restRate: 100, ratio: 0.005))
            #expect(watch.first([.pass, .fail], within: 600)?.verdict == .pass)
        }
    }
}
