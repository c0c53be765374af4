public import FlagModel

/// On which side of the rollout of tickets a user is, and why. Stamped into the ticket at issue, so that what happens
/// to it later is counted for the group that the user belonged to then.
public typealias TicketCohort = Cohort
