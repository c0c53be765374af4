internal import Foundation

/// A confidence sequence for the ratio of failures: bounds that hold at all times at once, however often one looks.
///
/// For a ratio p, the likelihood of the failures S in n attempts averaged over a Beta(½, ½) distribution of ratios and
/// divided by their likelihood under p is a non-negative martingale with mean 1. By Ville's inequality it ever exceeds
/// 1/α with a probability of at most α, so the ratios at which it stays below 1/α hold the true one at all times with a
/// probability of at least 1 − α. (H. Robbins, "Statistical Methods Related to the Law of the Iterated Logarithm", Annals
/// of Mathematical Statistics 41, 1970; S. Howard, A. Ramdas, J. McAuliffe and J. Sekhon, "Time-uniform, nonparametric,
/// nonasymptotic confidence sequences", Annals of Statistics 49, 2021, section 3.)
///
/// It was chosen over the normal mixture and over betting because failures are rare: it is exact for Bernoulli attempts at
/// any ratio, its width follows the variance without having to estimate it, and it needs nothing but the two counts, which
/// is what instances report and what is kept as evidence.
struct RatioSequence: Sendable {
    let tally: Tally
    private let failures: Double
    private let successes: Double
    /// The logarithm of the mixture's likelihood.
    private let mixture: Double
    /// The evidence at which a ratio is ruled out.
    let threshold: Double

    /// Bounds that miss the true ratio with a probability of at most `error`.
    init(_ tally: Tally, error: Double) {
        self.tally = tally
        self.failures = Double(tally.failures)
        self.successes = Double(tally.attempts - tally.failures)
        self.mixture =
            lgamma(failures + 0.5) + lgamma(successes + 0.5) - lgamma(failures + successes + 1) - log(Double.pi)
        self.threshold = -log(error)
    }

    /// The least ratio that is not ruled out.
    var lower: Double {
        self.holds(0) ? 0 : self.edge(from: self.tally.ratio, to: 0)
    }

    /// The greatest ratio that is not ruled out.
    var upper: Double {
        self.holds(1) ? 1 : self.edge(from: self.tally.ratio, to: 1)
    }

    /// The logarithm of the martingale if `ratio` is the true one; it lies below the threshold for those that hold.
    func evidence(against ratio: Double) -> Double {
        // 0 · log 0 is 0: what cannot happen did not.
        let likelihood =
            (self.failures > 0 ? self.failures * log(ratio) : 0)
            + (self.successes > 0 ? self.successes * log1p(-ratio) : 0)
        return self.mixture - likelihood
    }

    /// How the evidence changes with the ratio.
    func slope(at ratio: Double) -> Double {
        (self.successes > 0 ? self.successes / (1 - ratio) : 0) - (self.failures > 0 ? self.failures / ratio : 0)
    }

    /// Whether a ratio is not ruled out.
    private func holds(_ ratio: Double) -> Bool { self.evidence(against: ratio) < self.threshold }

    /// The boundary between a ratio that holds and one that does not, on the outer side of it.
    private func edge(from inner: Double, to outer: Double) -> Double {
        var (inner, outer) = (inner, outer)
        while abs(outer - inner) > 1e-6 {
            let middle = (inner + outer) / 2
            if self.holds(middle) { inner = middle } else { outer = middle }
        }
        return outer
    }
}
