internal import FlagModel

extension ControlPlane {
    /// Checks that the flags whose answers a rollback may have changed answer as at the revision that it restored: also
    /// those whose segments or prerequisites it changed.
    ///
    /// - Returns: Nil when it was no rollback, or one that made no revision.
    /// - Throws: ``ControlPlaneError/storage(_:)``.
    public func verify(_ outcome: CommitOutcome) async throws(ControlPlaneError) -> RollbackVerification? {
        guard let target = outcome.restoredRevision, let previous = outcome.previous, outcome.isChanged,
            !outcome.isDryRun
        else { return nil }
        let restored = try await self.snapshot(of: outcome.environment, at: target)
        let content = outcome.head.content
        let killed = Set(outcome.keptKilled)
        let excused = killed.union(content.dependants(of: killed))
        let flags = previous.content.flagsAffected(by: content).filter { !excused.contains($0) }
        return RollbackVerification(of: flags, restored: restored, current: outcome.head.snapshot, at: outcome.at)
    }
}
