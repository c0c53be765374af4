import FlagModel

/// On which side of the rollout of tickets a user is, and why. Stamped into the ticket at issue, so that what happens
/// to it later is counted for the group that the user belonged to then.
public enum TicketCohort: String, Sendable, Hashable, CaseIterable, Codable {
    /// Not known: the ticket's record could not be read.
    case unknown
    /// Tickets are off for the user: the group that the others are compared with.
    case control
    /// A targeting rule chose the user.
    case targeted
    /// The rollout's percentage includes the user.
    case rollout
    /// Tickets are on for everyone.
    case everyone

    /// The cohort of a user for whom the flag said `isEnabled` because of `reason`.
    init(isEnabled: Bool, reason: EvaluationReason) {
        guard isEnabled else {
            self = .control
            return
        }
        switch reason {
        case .targetingMatch: self = .targeted
        case .split: self = .rollout
        case .static, .default, .disabled, .stale, .error: self = .everyone
        }
    }
}
