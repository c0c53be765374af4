public import FlagModel

extension ControlPlane {
    /// A part of the audit, oldest entry first.
    ///
    /// - Parameters:
    ///   - after: Only entries above this number; nil: the newest ones.
    ///   - limit: How many at most; 1 to 1000, others are clamped.
    ///   - environments: Only entries that concern these; nil: all, those that concern no environment included.
    /// - Throws: ``ControlPlaneError/storage(_:)``.
    public func audit(
        after: Int64? = nil, limit: Int = 100, environments: [EnvironmentName]? = nil
    ) async throws(ControlPlaneError) -> AuditSlice {
        let limit = min(max(limit, 1), 1000)
        return try await self.storage.read { state throws(ControlPlaneError) in
            let last = try state.lastAuditEntries(limit: 1, environments: nil).last
            var slice = AuditSlice(
                entries: [], nextAfter: nil, lastSequence: last?.sequence ?? 0,
                lastDigest: last?.digest ?? AuditEntry.origin)
            guard let after else {
                slice.entries = try state.lastAuditEntries(limit: limit, environments: environments)
                return slice
            }
            let found = try state.auditEntries(after: after, limit: limit + 1, environments: environments)
            slice.entries = Array(found.prefix(limit))
            slice.nextAfter = found.count > limit ? slice.entries.last?.sequence : nil
            return slice
        }
    }

    /// Adds an entry for something that makes no revision, such as the revocation of a user's tickets.
    ///
    /// - Parameters:
    ///   - action: What was done, dotted, not under `flags.` or `tokens.`: those this library writes itself.
    ///   - detail: What exactly. Never a secret.
    /// - Throws: ``ControlPlaneError/storage(_:)``.
    @discardableResult
    public func recordAction(
        _ action: String, in environment: EnvironmentName? = nil, reason: String = "", detail: JSONValue = [:],
        by author: Author
    ) async throws(ControlPlaneError) -> AuditEntry {
        let now = self.now
        return try await self.storage.transact(urgency: .normal) { state throws(ControlPlaneError) in
            let draft = AuditDraft(
                at: now(), actor: author.name, action: action, environment: environment, revision: nil,
                reason: reason.harmless,
                detail: detail)
            let last = try state.lastAuditEntries(limit: 1, environments: nil).last
            return Decision(draft.entry(following: last.map { ($0.sequence, $0.digest) }), writes: [.audit(draft)])
        }
    }

    /// Walks along the whole audit: the chain of digests, and that every revision stands in it with the flags it had.
    ///
    /// Reads everything; its duration grows with the history. It is one consistent view and holds up no one.
    ///
    /// - Throws: ``ControlPlaneError/storage(_:)`` when it cannot be read; what does not fit is in the result.
    public func verifyAudit() async throws(ControlPlaneError) -> AuditVerification {
        try await self.storage.read { state throws(ControlPlaneError) in
            var inspection = AuditInspection()
            return try inspection.verify(state)
        }
    }
}
