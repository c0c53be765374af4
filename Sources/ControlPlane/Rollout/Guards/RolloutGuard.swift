internal import FlagModel

/// What is watched while a rollout runs: of attempts those that failed, or the answer to a query.
public struct RolloutGuard: Sendable, Hashable {
    /// What happens when a guard fails.
    public enum Response: String, Sendable, Hashable, CaseIterable {
        /// The flag goes back to where the rollout found it.
        case rollback
        /// The rollout stops where it is and waits for a person.
        case pause
    }

    /// The share of all rollouts that may be stopped by mistake.
    public static let errorBudget = 0.01

    /// Its name within the plan.
    public var name: String
    /// What is watched.
    public var metric: GuardMetric
    // Of a query, none of the following but the response matters.

    /// How much higher the cohort's ratio may be than that of the rest, 0 to 1.
    public var tolerance: Double
    /// The ratio above which it is bad whoever it is, 0 to 1: the cohort where there is no rest to compare it with, and
    /// the rest, whose failures the rollout has not caused.
    public var maximum: Double
    /// The ratio at which nothing more is weighed, 0 to 1.
    public var tripwire: Double
    /// How many attempts of the cohort it takes for that.
    public var tripwireSample: Int64
    /// How many attempts it takes, of the cohort and of the rest each, for any other verdict.
    public var minimumSample: Int64
    /// What happens when it fails.
    public var response: Response

    /// A guard.
    public init(
        name: String, metric: GuardMetric, tolerance: Double = 0.01, maximum: Double = 0.05, tripwire: Double = 0.25,
        tripwireSample: Int64 = 50, minimumSample: Int64 = 100, response: Response? = nil
    ) {
        self.name = name
        self.metric = metric
        self.tolerance = tolerance
        self.maximum = maximum
        self.tripwire = tripwire
        self.tripwireSample = tripwireSample
        self.minimumSample = minimumSample
        self.response = response ?? metric.defaultResponse
    }
}
