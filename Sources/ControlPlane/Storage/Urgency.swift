/// What a storage may give up so that a transaction succeeds.
public enum Urgency: Sendable, Hashable {
    /// Nothing.
    case normal
    /// Reserves kept for the purpose: a kill or a rollback must succeed even when the disk is full.
    case emergency
}
