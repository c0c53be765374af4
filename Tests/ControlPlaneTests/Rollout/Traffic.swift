import ControlPlane
import Foundation

/// Attempts of many users, a second at a time, of which some fail by chance.
struct Traffic {
    var random: SeededGenerator
    /// Attempts a second.
    var cohortRate: Int64
    var restRate: Int64
    /// The true ratios of failures.
    var cohortRatio: Double
    var restRatio: Double
    private(set) var counts = GuardCounts()

    init(seed: UInt64, cohortRate: Int64, restRate: Int64, ratio: Double) {
        self.random = SeededGenerator(seed: seed)
        self.cohortRate = cohortRate
        self.restRate = restRate
        self.cohortRatio = ratio
        self.restRatio = ratio
    }

    /// Counts another second.
    mutating func pass() {
        let cohortFailures = self.failures(of: self.cohortRate, self.cohortRatio)
        let restFailures = self.failures(of: self.restRate, self.restRatio)
        self.counts = GuardCounts(
            cohort: Tally(
                attempts: self.counts.cohort.attempts + self.cohortRate,
                failures: self.counts.cohort.failures + cohortFailures),
            rest: Tally(
                attempts: self.counts.rest.attempts + self.restRate, failures: self.counts.rest.failures + restFailures)
        )
    }

    /// Draws from a binomial distribution by leaping from failure to failure.
    private mutating func failures(of attempts: Int64, _ ratio: Double) -> Int64 {
        var (failures, position): (Int64, Double) = (0, 0)
        let scale = 1 / log1p(-ratio)
        while true {
            position +=
                (log(Double.random(in: .leastNonzeroMagnitude..<1, using: &self.random)) * scale).rounded(.down) + 1
            guard position <= Double(attempts) else { return failures }
            failures += 1
        }
    }
}
