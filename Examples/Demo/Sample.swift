/// What was known at one moment of a rollout.
struct Sample: Sendable {
    /// Seconds since the rollout was started.
    var time: Double
    /// The percentage in force.
    var percentage: Double
    /// The phase that the server says it is in.
    var phase: String
    /// The ratio of failures within the rollout, 0 to 1; nil: nothing was counted yet.
    var cohort: Double?
    /// The ratio of failures outside it.
    var rest: Double?
    /// The least and the greatest difference of the two that is not ruled out.
    var bounds: ClosedRange<Double>?
}
