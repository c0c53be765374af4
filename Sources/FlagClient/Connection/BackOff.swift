/// Waits that double between a shortest and a longest, each drawn at random up to its bound (full jitter), so that many
/// clients that failed together do not come back together.
struct BackOff: Sendable {
    /// The shortest wait and the longest.
    var bounds: ClosedRange<Duration>
    /// How many waits there have been since the last success.
    private(set) var failures = 0

    /// The waits within `bounds`.
    init(_ bounds: ClosedRange<Duration>) {
        self.bounds = bounds
    }

    /// Begins again with the shortest wait.
    mutating func reset() {
        self.failures = 0
    }

    /// How long to wait now.
    ///
    /// - Parameter random: 0 up to 1.
    mutating func next(random: Double) -> Duration {
        self.failures = min(self.failures + 1, 30)
        let cap = min(self.bounds.upperBound, self.bounds.lowerBound * (1 << self.failures))
        return self.bounds.lowerBound + (cap - self.bounds.lowerBound) * random
    }

    /// A wait near the longest: half of it at least.
    func longest(random: Double) -> Duration {
        self.bounds.upperBound * (0.5 + random / 2)
    }
}
