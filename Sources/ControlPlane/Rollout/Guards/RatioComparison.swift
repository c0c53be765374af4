/// How much more often the cohort fails than the rest, with bounds that hold at all times at once.
///
/// The two sides are independent, so the product of their martingales (``RatioSequence``) is one as well, and a pair of true
/// ratios is ruled out by mistake with a probability of at most the error. A difference is ruled out when every pair that
/// has it is. That finds a difference in about half the attempts that two separate bounds would take.
struct RatioComparison: Sendable {
    private let cohort: RatioSequence
    private let rest: RatioSequence

    init(_ counts: GuardCounts, error: Double) {
        self.cohort = RatioSequence(counts.cohort, error: error)
        self.rest = RatioSequence(counts.rest, error: error)
    }

    /// Whether the difference is above `tolerance`.
    func exceeds(_ tolerance: Double) -> Bool { self.estimate > tolerance && self.rulesOut(tolerance) }

    /// Whether the difference is below `tolerance`.
    func staysBelow(_ tolerance: Double) -> Bool { self.estimate < tolerance && self.rulesOut(tolerance) }

    /// The least difference that is not ruled out.
    var lower: Double { self.edge(towards: -1) }
    /// The greatest difference that is not ruled out.
    var upper: Double { self.edge(towards: 1) }

    /// The difference of what was counted.
    private var estimate: Double { self.cohort.tally.ratio - self.rest.tally.ratio }

    /// The evidence against a pair grows with its distance from what was counted, so a difference that is ruled out rules
    /// out those beyond it.
    private func edge(towards outer: Double) -> Double {
        guard self.rulesOut(outer) else { return outer }
        var (inner, outer) = (self.estimate, outer)
        while abs(outer - inner) > 1e-6 {
            let middle = (inner + outer) / 2
            if self.rulesOut(middle) { outer = middle } else { inner = middle }
        }
        return outer
    }

    /// Whether even the likeliest pair with that difference is ruled out.
    private func rulesOut(_ difference: Double) -> Bool {
        var (low, high) = (max(0, -difference), min(1, 1 - difference))
        // The evidence is convex in the ratio: its least value is where its slope changes sign.
        for _ in 0..<40 {
            let middle = (low + high) / 2
            if self.cohort.slope(at: middle + difference) + self.rest.slope(at: middle) < 0 {
                low = middle
            } else {
                high = middle
            }
        }
        let ratio = (low + high) / 2
        return self.cohort.evidence(against: ratio + difference) + self.rest.evidence(against: ratio)
            >= self.cohort.threshold
    }
}
