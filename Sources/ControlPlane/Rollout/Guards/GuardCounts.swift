/// What was counted of a rollout's cohort, and of everybody else, at the same time.
public struct GuardCounts: Sendable, Hashable {
    /// Those whom the rollout concerns.
    public var cohort: Tally
    /// The others.
    public var rest: Tally
    /// Whether nothing was left out for want of room: what was left out may be what failed.
    public var isComplete = true

    /// Counts.
    public init(cohort: Tally = Tally(), rest: Tally = Tally()) {
        self.cohort = cohort
        self.rest = rest
    }

    /// What was counted after `earlier`.
    public static func - (left: Self, right: Self) -> Self {
        var counts = Self(cohort: left.cohort - right.cohort, rest: left.rest - right.rest)
        counts.isComplete = left.isComplete
        return counts
    }
}
