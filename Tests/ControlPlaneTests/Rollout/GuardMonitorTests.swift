import ControlPlane
import FlagModel
import Testing

@Suite("A guard's verdict")
struct GuardMonitorTests {
    private static let start = Timestamp(millisecondsSinceEpoch: 1_750_000_000_000)

    /// What a guard says of counts a minute after the step began.
    private static func reading(
        _ cohort: Tally, _ rest: Tally = Tally(), after milliseconds: Int64 = 60_000,
        _ rule: RolloutGuard = RolloutBench.failures
    ) -> GuardReading {
        var monitor = GuardMonitor(rule, since: Self.start, error: 0.01)
        return monitor.observe(
            GuardCounts(cohort: cohort, rest: rest), at: Self.start.advanced(byMilliseconds: milliseconds))
    }

    private struct NoRatios: Error {}

    /// The ratios that its verdict rests on.
    private static func ratios(_ cohort: Tally) throws -> RatioEvidence {
        guard case .ratio(let evidence) = Self.reading(cohort).evidence else { throw NoRatios() }
        return evidence
    }

    @Test("Too few attempts say nothing, of the cohort or of the rest")
    func few() {
        let many = Tally(attempts: 100_000, failures: 500)
        #expect(Self.reading(Tally(), many).verdict == .noData)
        #expect(Self.reading(Tally(attempts: 99, failures: 9), many).verdict == .noData)
        #expect(Self.reading(many, Tally(attempts: 99)).verdict == .noData)
    }

    @Test("Counts of which some were not taken let nothing pass, and a failure that they show is one")
    func incomplete() {
        for (failures, verdict) in [(500, GuardVerdict.noData), (50_000, .fail)] as [(Int64, GuardVerdict)] {
            var counts = GuardCounts(
                cohort: Tally(attempts: 100_000, failures: failures), rest: Tally(attempts: 100_000, failures: 500))
            counts.isComplete = false
            var monitor = GuardMonitor(RolloutBench.failures, since: Self.start, error: 0.01)
            #expect(monitor.observe(counts - GuardCounts(), at: Self.start).verdict == verdict)
        }
    }

    @Test("The tripwire needs its sample, and then nothing more")
    func tripwire() {
        let rest = Tally(attempts: 1000, failures: 5)
        #expect(Self.reading(Tally(attempts: 49, failures: 49), rest).verdict == .noData)
        #expect(Self.reading(Tally(attempts: 50, failures: 13), rest).verdict == .fail)
        #expect(Self.reading(Tally(attempts: 50, failures: 12), rest).verdict == .noData)
    }

    @Test("The comparison looks at the difference, not at the ratio")
    func comparison() {
        let busy = Tally(attempts: 100_000, failures: 4000)
        #expect(Self.reading(Tally(attempts: 50_000, failures: 2010), busy).verdict == .pass)
        #expect(Self.reading(Tally(attempts: 50_000, failures: 3500), busy).verdict == .fail)
        #expect(Self.reading(Tally(attempts: 500, failures: 21), busy).verdict == .inconclusive)
        // Fewer failures than the rest are no fault.
        #expect(Self.reading(Tally(attempts: 50_000, failures: 10), busy).verdict == .pass)
    }

    @Test("Where there is no rest, the ratio itself counts")
    func everyone() {
        #expect(Self.reading(Tally(attempts: 10_000, failures: 50)).verdict == .pass)
        #expect(Self.reading(Tally(attempts: 10_000, failures: 1000)).verdict == .fail)
        #expect(Self.reading(Tally(attempts: 200, failures: 8)).verdict == .inconclusive)
    }

    @Test("If the rest fails as well, it is an outage; if the cohort fails much more, it is not")
    func outage() {
        let rest = Tally(attempts: 10_000, failures: 3000)
        #expect(Self.reading(Tally(attempts: 1000, failures: 300), rest).verdict == .outage)
        #expect(Self.reading(Tally(attempts: 1000, failures: 100), rest).verdict == .outage)
        #expect(Self.reading(Tally(attempts: 1000, failures: 600), rest).verdict == .fail)
    }

    @Test("What was counted before traffic stopped says nothing for long")
    func silence() {
        var monitor = GuardMonitor(RolloutBench.failures, since: Self.start, error: 0.01)
        let counts = GuardCounts(
            cohort: Tally(attempts: 50_000, failures: 250), rest: Tally(attempts: 50_000, failures: 250))
        #expect(monitor.observe(counts, at: Self.start.advanced(byMilliseconds: 1000)).verdict == .pass)
        #expect(monitor.observe(counts, at: Self.start.advanced(byMilliseconds: 300_999)).verdict == .pass)
        #expect(monitor.observe(counts, at: Self.start.advanced(byMilliseconds: 301_000)).verdict == .noData)
    }

    @Test("The bounds lie around what was counted, and wider for less")
    func bounds() throws {
        let wide = try Self.ratios(Tally(attempts: 100, failures: 5))
        let narrow = try Self.ratios(Tally(attempts: 10_000, failures: 500))
        #expect(0 < wide.lower && wide.lower < narrow.lower && narrow.lower < 0.05)
        #expect(0.05 < narrow.upper && narrow.upper < wide.upper && wide.upper < 0.25)
        #expect(try Self.ratios(Tally(attempts: 100)).lower == 0)
        #expect(try Self.ratios(Tally(attempts: 100, failures: 100)).upper == 1)
        #expect(try Self.ratios(Tally()).lower == 0 && Self.ratios(Tally()).upper == 1)
    }

    @Test("The evidence is told in numbers")
    func evidence() throws {
        let reading = Self.reading(Tally(attempts: 900, failures: 45), Tally(attempts: 90_000, failures: 430))
        guard case .ratio(let ratios) = reading.evidence else { throw NoRatios() }
        #expect(reading.verdict == .fail && ratios.milliseconds == 60_000)
        #expect(
            reading.description.hasPrefix(
                "45 of 900 in the rollout failed (5 %), 430 of 90000 outside it (0.48 %): the difference is between "))
        #expect(reading.json["cohort"] == ["attempts": 900, "failures": 45])
    }

    @Test("What cannot have been counted does no harm")
    func nonsense() {
        #expect(Tally(attempts: -5, failures: 3) == Tally())
        #expect(Tally(attempts: 5, failures: 9).failures == 5)
        #expect(Self.reading(Tally(attempts: .max, failures: .max), Tally(attempts: .max)).verdict == .fail)
    }
}
