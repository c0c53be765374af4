/// What came of one look at all rollouts.
public struct RolloutRound: Sendable {
    /// Those that something happened to.
    public internal(set) var outcomes: [RolloutOutcome] = []
    /// Why others did not go on: the storage failed, or what is stored of one cannot be read. The next look takes up what
    /// this one did not do.
    public internal(set) var failures: [ControlPlaneError] = []

    /// The outcomes of a look in which nothing failed.
    ///
    /// - Throws: The first failure.
    @discardableResult
    public func get() throws(ControlPlaneError) -> [RolloutOutcome] {
        if let failure = self.failures.first { throw failure }
        return self.outcomes
    }
}
