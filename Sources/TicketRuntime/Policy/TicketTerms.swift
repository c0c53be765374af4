import FlagModel

/// What the policy in force grants one user.
struct TicketTerms: Sendable, Hashable {
    /// How long tickets are good for, and the most that may be asked for.
    var ttl: TicketTTL
    /// What tickets are bound to.
    var binding: TicketBinding
    /// Whether tickets that are good more than once may be asked for.
    var allowsMultiUse: Bool
    /// The side of the rollout that the user is on.
    var cohort: TicketCohort
}
