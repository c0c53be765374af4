/// The storage that the control plane needs: one consistent view to read from, and one way to write, in which a pure
/// decision is made inside the transaction that carries it out.
///
/// Because the decision sees the state that its own writes will follow, and no other transaction comes between, two
/// commits on one base revision have exactly one winner, whoever asks and however often.
public protocol FlagStorage: Sendable {
    /// Answers a question about one consistent state.
    ///
    /// - Throws: what `query` throws, and ``ControlPlaneError/storage(_:)``.
    func read<Value: Sendable>(
        _ query: @escaping @Sendable (any StoredState) throws(ControlPlaneError) -> Value
    ) async throws(ControlPlaneError) -> Value

    /// Makes a decision and carries out all its writes, or none, in one transaction; returns when they are durable.
    ///
    /// Once begun it runs to its end, even if the calling task is cancelled: a revision that became durable must become
    /// visible. `decide` may be called more than once if the storage has to try again, so it has no effects of its own.
    ///
    /// - Throws: what `decide` throws, and ``ControlPlaneError/storage(_:)``.
    func transact<Outcome: Sendable>(
        urgency: Urgency,
        _ decide: @escaping @Sendable (any StoredState) throws(ControlPlaneError) -> Decision<Outcome>
    ) async throws(ControlPlaneError) -> Outcome
}
