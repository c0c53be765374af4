internal import FlagModel

/// The numbers that a verdict on ratios rests on.
public struct RatioEvidence: Sendable, Hashable {
    /// What was counted in the time that decided.
    public var counts: GuardCounts
    /// How long that time was, in milliseconds.
    public var milliseconds: Int64
    /// The probability with which the true difference may lie outside the bounds, at any time.
    public var error: Double
    /// What those that count as failures did: `failed`, `were slower than 250ms`.
    public var phrase: String

    /// Evidence.
    public init(counts: GuardCounts, milliseconds: Int64, error: Double, phrase: String = "failed") {
        self.counts = counts
        self.milliseconds = milliseconds
        self.error = error
        self.phrase = phrase
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

    /// The evidence as members of a JSON object.
    var members: [String: JSONValue] {
        [
            "milliseconds": .integer(self.milliseconds), "cohort": self.counts.cohort.json,
            "rest": self.counts.rest.json, "lower": .number(self.lower), "upper": .number(self.upper),
            "error": .number(self.error),
        ]
    }
}

extension RatioEvidence: CustomStringConvertible {
    /// The numbers in one line.
    public var description: String {
        let (cohort, rest) = (self.counts.cohort, self.counts.rest)
        let bounds = "between \(Self.percent(self.lower)) and \(Self.percent(self.upper))"
        guard rest.attempts > 0 else {
            return "\(cohort.failures) of \(cohort.attempts) \(self.phrase) (\(Self.percent(cohort.ratio)); \(bounds))"
        }
        return "\(cohort.failures) of \(cohort.attempts) in the rollout \(self.phrase) "
            + "(\(Self.percent(cohort.ratio))), \(rest.failures) of \(rest.attempts) outside it "
            + "(\(Self.percent(rest.ratio))): the difference is \(bounds)"
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
