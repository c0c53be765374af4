/// What a rollout wants done. Everything is done in the transaction that stores the state it comes with.
public enum RolloutAction: Sendable, Hashable {
    /// Take the flag to a step.
    case apply(step: Int)
    /// Take the flag back to where the rollout found it. `revokesTickets`: and refuse all tickets issued until then.
    case rollback(revokesTickets: Bool)
    /// Tell people.
    case notify(RolloutNotice)
}
