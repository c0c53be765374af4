public import FlagModel

/// A verdict with the numbers that it rests on: what is stored with a decision.
public struct GuardReading: Sendable, Hashable {
    /// The verdict.
    public var verdict: GuardVerdict
    /// What was counted in the time that decided.
    public var counts: GuardCounts
    /// How long that time was, in milliseconds.
    public var milliseconds: Int64
    /// The probability with which the true difference may lie outside the bounds, at any time.
    public var error: Double

    /// A verdict with its numbers.
    public init(verdict: GuardVerdict, counts: GuardCounts, milliseconds: Int64, error: Double) {
        self.verdict = verdict
        self.counts = counts
        self.milliseconds = milliseconds
        self.error = error
    }

    /// The least difference of the ratios, cohort minus rest, that is not ruled out; without a rest, the least ratio.
    public var lower: Double {
        self.counts.rest.attempts == 0
            ? RatioSequence(self.counts.cohort, error: self.error).lower
            : RatioComparison(self.counts, error: self.error).lower
    }

    /// The greatest.
    public var upper: Double {
        self.counts.rest.attempts == 0
            ? RatioSequence(self.counts.cohort, error: self.error).upper
            : RatioComparison(self.counts, error: self.error).upper
    }

    /// The evidence as JSON.
    public var json: JSONValue {
        [
            "verdict": .string(self.verdict.rawValue), "milliseconds": .integer(self.milliseconds),
            "cohort": self.counts.cohort.json, "rest": self.counts.rest.json, "lower": .number(self.lower),
            "upper": .number(self.upper), "error": .number(self.error),
        ]
    }
}

extension GuardReading: CustomStringConvertible {
    /// The numbers in one line.
    public var description: String {
        let (cohort, rest) = (self.counts.cohort, self.counts.rest)
        let bounds = "between \(Self.percent(self.lower)) and \(Self.percent(self.upper))"
        guard rest.attempts > 0 else {
            return "\(cohort.failures) of \(cohort.attempts) failed (\(Self.percent(cohort.ratio)); \(bounds))"
        }
        return "\(cohort.failures) of \(cohort.attempts) in the rollout failed (\(Self.percent(cohort.ratio))), "
            + "\(rest.failures) of \(rest.attempts) outside it (\(Self.percent(rest.ratio))): the difference is \(bounds)"
    }

    private static func percent(_ ratio: Double) -> String {
        JSONValue.number((ratio * 10_000).rounded() / 100).canonical + " %"
    }
}

extension Tally {
    fileprivate var json: JSONValue {
        ["attempts": .integer(self.attempts), "failures": .integer(self.failures)]
    }
}
