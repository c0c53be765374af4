public import FlagModel

/// What a staged rollout shall do: the shares it passes through, how long it stays at each, and what must hold meanwhile.
///
/// A plan does not change once its rollout has begun: what was approved is what happens.
public struct RolloutPlan: Sendable, Hashable {
    /// The most steps that a plan may have.
    public static let maximumSteps = 50
    /// The longest time that a step may be held, in seconds: thirty days.
    public static let maximumHold: Int64 = 30 * 86_400

    /// The flag whose percentage moves.
    public var flag: FlagKey
    /// The variant that the share of users gets; nil: the one that the flag's rollout has, or the only one that can be
    /// meant.
    public var variant: String?
    /// The steps in order, at least one.
    public var steps: [RolloutStep]
    /// What is watched at every step, in addition to what a step asks for.
    public var guards: [RolloutGuard]
    /// How long after the end of its hold a step waits for guards without a verdict before the rollout pauses and asks for
    /// a person, in seconds.
    public var undecidedAfter: Int64
    /// Whether a guard that takes the flag back also has all tickets refused that were issued until then.
    public var revokesTickets: Bool

    /// A plan.
    public init(
        flag: FlagKey, variant: String? = nil, steps: [RolloutStep], guards: [RolloutGuard] = [],
        undecidedAfter: Int64 = 3600, revokesTickets: Bool = false
    ) {
        self.flag = flag
        self.variant = variant
        self.steps = steps
        self.guards = guards
        self.undecidedAfter = undecidedAfter
        self.revokesTickets = revokesTickets
    }

    /// What is watched at a step.
    public func guards(at step: Int) -> [RolloutGuard] { self.guards + self.steps[step].guards }

    /// The number of the last step.
    var lastStep: Int { self.steps.count - 1 }

    /// The risk of a mistaken verdict that one guard may take at one step, so that all of them together stay within
    /// ``RolloutGuard/errorBudget``.
    public var errorShare: Double {
        let watched = self.steps.indices.reduce(0) { $0 + self.guards(at: $1).count }
        return RolloutGuard.errorBudget / Double(max(1, watched))
    }
}
