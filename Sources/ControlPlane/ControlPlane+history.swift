public import FlagModel

extension ControlPlane {
    /// An environment at any revision; 0 is the emptiness before the first.
    ///
    /// - Throws: ``ControlPlaneError``.
    public func snapshot(
        of environment: EnvironmentName, at revision: Int64
    ) async throws(ControlPlaneError) -> Snapshot {
        let head = try self.head(of: environment)
        if head.revision == revision { return head.snapshot }
        let content = try await self.storage.read { state throws(ControlPlaneError) in
            try state.existingContent(of: try state.existingHead(of: environment), at: revision)
        }
        return Snapshot(environment: environment, revision: revision, content: content)
    }

    /// What changed from one revision to another, in either direction; 0 is the emptiness before the first.
    ///
    /// - Throws: ``ControlPlaneError``.
    public func difference(
        in environment: EnvironmentName, from: Int64, to: Int64
    ) async throws(ControlPlaneError) -> ContentDifference {
        try await self.storage.read { state throws(ControlPlaneError) in
            let head = try state.existingHead(of: environment)
            let before = try state.existingContent(of: head, at: from)
            return ContentDifference(from: before, to: try state.existingContent(of: head, at: to))
        }
    }

    /// The history, newest first.
    ///
    /// - Parameters:
    ///   - flag: Only revisions that touched this flag: the first of them is who to ask about it.
    ///   - before: Only revisions below this number.
    ///   - limit: How many at most; 1 to 1000, others are clamped.
    /// - Throws: ``ControlPlaneError``.
    public func history(
        of environment: EnvironmentName, flag: FlagKey? = nil, before: Int64? = nil, limit: Int = 50
    ) async throws(ControlPlaneError) -> HistoryPage {
        let limit = min(max(limit, 1), 1000)
        return try await self.storage.read { state throws(ControlPlaneError) in
            _ = try state.existingHead(of: environment)
            // One more than asked for tells whether there is a next page.
            let found = try state.revisions(of: environment, flag: flag, before: before, limit: limit + 1)
            let page = Array(found.prefix(limit))
            return HistoryPage(revisions: page, nextBefore: found.count > limit ? page.last?.number : nil)
        }
    }
}
