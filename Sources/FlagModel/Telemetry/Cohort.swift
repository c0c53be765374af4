/// On which side of a flag's rollout a user is, and why: what attempts are told apart by, so that those whom a rollout
/// concerns can be compared with the others.
public enum Cohort: String, Sendable, Hashable, CaseIterable, Codable {
    /// Not known whose attempt it was, or there is no such flag.
    case unknown
    /// The user does not get the rollout's variant: the group that the others are compared with.
    case control
    /// A targeting rule chose the user.
    case targeted
    /// The rollout's percentage includes the user.
    case rollout
    /// Everyone gets the variant.
    case everyone

    /// The cohort of a user.
    ///
    /// - Parameters:
    ///   - isEnabled: Whether the user gets the rollout's variant.
    ///   - reason: Why, as the evaluation says.
    public init(isEnabled: Bool, reason: EvaluationReason) {
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
