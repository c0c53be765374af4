public import FlagModel

extension ControlPlane {
    /// The review items of an environment, newest first.
    ///
    /// - Parameters:
    ///   - openOnly: Leaves out those that were closed.
    ///   - before: Only those with lower numbers.
    ///   - limit: How many at most; 1 to 1000, others are clamped.
    /// - Throws: ``ControlPlaneError``.
    public func reviews(
        of environment: EnvironmentName, openOnly: Bool = true, before: Int64? = nil, limit: Int = 50
    ) async throws(ControlPlaneError) -> [Review] {
        try await self.storage.read { state throws(ControlPlaneError) in
            _ = try state.existingHead(of: environment)
            return try state.reviews(
                of: environment, openOnly: openOnly, before: before, limit: min(max(limit, 1), 1000))
        }
    }

    /// A review item.
    ///
    /// - Throws: ``ControlPlaneError/unknownReview(_:_:)``, ``ControlPlaneError/storage(_:)``.
    public func review(_ id: Int64, in environment: EnvironmentName) async throws(ControlPlaneError) -> Review {
        try await self.storage.read { state throws(ControlPlaneError) in try state.existingReview(id, in: environment) }
    }

    /// Closes a review item, as someone else than who did what it is about.
    ///
    /// - Parameter note: What was found: 1 to 500 characters.
    /// - Throws: ``ControlPlaneError``, among others ``ControlPlaneError/reviewRefused(_:_:)``.
    public func closeReview(
        _ id: Int64, in environment: EnvironmentName, note: String, by author: Author
    ) async throws(ControlPlaneError) -> Review {
        let note = try Reason(note)
        let now = self.now
        return try await self.storage.transact(urgency: .normal) { state throws(ControlPlaneError) in
            var decision = try ReviewClosing(
                id: id, environment: environment, author: author, note: note, at: now()
            ).decide(on: state)
            try decision.addConsequences(on: state)
            return decision
        }
    }
}
