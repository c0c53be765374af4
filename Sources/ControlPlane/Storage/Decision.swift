/// What a transaction shall write, and what to tell the one who asked.
public struct Decision<Outcome: Sendable>: Sendable {
    /// What to tell.
    public var outcome: Outcome
    /// What to write, in order, all or none. Nothing: everything is already as asked.
    public var writes: [StorageWrite]

    /// A decision.
    public init(_ outcome: Outcome, writes: [StorageWrite] = []) {
        self.outcome = outcome
        self.writes = writes
    }
}
