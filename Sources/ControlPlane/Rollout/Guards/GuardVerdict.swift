/// What a guard has to say.
public enum GuardVerdict: String, Sendable, Hashable, CaseIterable {
    /// The cohort fails no more often than the rest, as far as it may.
    case pass
    /// The cohort fails more often than it may.
    case fail
    /// It is not yet clear.
    case inconclusive
    /// There are too few attempts to say anything.
    case noData = "no-data"
    /// The rest fails as well: something is wrong that the rollout has not caused.
    case outage
}
