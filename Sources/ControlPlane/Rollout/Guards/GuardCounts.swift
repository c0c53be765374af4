/// What was counted of a rollout's cohort, and of everybody else, at the same time.
public struct GuardCounts: Sendable, Hashable {
    /// Those whom the rollout concerns.
    public var cohort: Tally
    /// The others.
    public var rest: Tally

    /// Counts.
    public init(cohort: Tally = Tally(), rest: Tally = Tally()) {
        self.cohort = cohort
        self.rest = rest
    }

    /// What was counted after `earlier`.
    public static func - (left: Self, right: Self) -> Self {
        Self(cohort: left.cohort - right.cohort, rest: left.rest - right.rest)
    }
}
