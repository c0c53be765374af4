internal import FlagModel

/// A stretch of time within a step, with what was counted in it and the error that its verdict may have.
struct Stretch: Sendable {
    let counts: GuardCounts
    private let milliseconds: Int64
    private let error: Double

    init(_ counts: GuardCounts, since start: Timestamp, to end: Timestamp, error: Double) {
        self.counts = counts
        self.milliseconds = end.milliseconds(since: start)
        self.error = error
    }

    /// Whether the cohort's ratio is above that of the rest by more than `tolerance`.
    func exceeds(_ tolerance: Double) -> Bool {
        // Cheap, and mostly enough.
        self.counts.cohort.ratio - self.counts.rest.ratio > tolerance && self.comparison.exceeds(tolerance)
    }

    /// Whether the cohort's ratio is above `maximum`.
    func isTooHigh(above maximum: Double) -> Bool {
        self.counts.cohort.ratio > maximum && RatioSequence(self.counts.cohort, error: self.error).lower > maximum
    }

    /// Whether the ratio of the rest is above `maximum`.
    func isOutage(above maximum: Double) -> Bool {
        self.counts.rest.ratio > maximum && RatioSequence(self.counts.rest, error: self.error).lower > maximum
    }

    /// Whether all is well: the cohort's ratio is above that of the rest by less than `tolerance`, or where there is no
    /// rest is below `maximum`.
    func isHealthy(tolerance: Double, maximum: Double) -> Bool {
        self.counts.rest.attempts == 0
            ? RatioSequence(self.counts.cohort, error: self.error).upper <= maximum
            : self.comparison.staysBelow(tolerance)
    }

    private var comparison: RatioComparison { RatioComparison(self.counts, error: self.error) }

    /// The evidence for a verdict.
    func reading(_ verdict: GuardVerdict, _ phrase: String) -> GuardReading {
        GuardReading(
            verdict: verdict,
            evidence: .ratio(
                RatioEvidence(
                    counts: self.counts, milliseconds: self.milliseconds, error: self.error, phrase: phrase)))
    }
}
