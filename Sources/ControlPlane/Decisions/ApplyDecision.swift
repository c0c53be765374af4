internal import FlagModel

/// Makes an environment what a document declares.
struct ApplyDecision {
    var document: EnvironmentDocument
    /// The revision that the author saw; nil: whichever is in force.
    var baseRevision: Int64?
    /// Whether flags and segments that the document does not name are removed.
    var prunes: Bool
    var request: Proposal.Request

    func decide(on state: any StoredState) throws(ControlPlaneError) -> Decision<CommitOutcome> {
        let head = try state.head(of: self.document.name)
        try self.checkBase(head, state)
        let settings = self.document.settings(over: head?.settings ?? EnvironmentSettings())
        try self.checkPermission(head, settings)
        let issues = FreezeCalendar(windows: settings.freezes).issues
        guard issues.isEmpty else { throw .invalidContent(issues) }
        let content = self.document.content(over: head?.content ?? EnvironmentContent(), prunes: self.prunes)
        return try Proposal(
            environment: self.document.name, head: head, settings: settings, content: content,
            request: self.request, origin: .apply, detail: ["prune": .bool(self.prunes)]
        ).decide()
    }

    private func checkBase(_ head: EnvironmentHead?, _ state: any StoredState) throws(ControlPlaneError) {
        guard let base = self.baseRevision, base != head?.revision ?? 0 else { return }
        guard let head else {
            _ = try state.existingHead(of: self.document.name)
            return
        }
        let content = try state.existingContent(of: head, at: base)
        throw .conflict(
            RevisionConflict(
                environment: head.name, base: base, current: head.revision,
                difference: ContentDifference(from: content, to: head.content)))
    }

    private func checkPermission(
        _ head: EnvironmentHead?, _ settings: EnvironmentSettings
    ) throws(ControlPlaneError) {
        guard !self.request.author.role.allows(.manageEnvironments) else { return }
        guard let head else {
            throw .permissionNeeded(.manageEnvironments, for: "creating the environment \(self.document.name)")
        }
        guard head.settings.isSame(as: settings) else {
            throw .permissionNeeded(.manageEnvironments, for: "changing the settings or invariants of \(head.name)")
        }
    }
}

extension EnvironmentDocument {
    /// What it makes of an environment that holds `current`.
    func content(over current: EnvironmentContent, prunes: Bool) -> EnvironmentContent {
        var content = current
        if prunes {
            content.flags = content.flags.filter { self.flags[$0.key] != nil }
            content.segments = content.segments.filter { self.segments[$0.key] != nil }
        }
        content.flags.merge(self.flags) { _, declared in declared }
        content.segments.merge(self.segments) { _, declared in declared }
        if let metadata = self.metadata { content.metadata = metadata }
        // A file says nothing of the night in which someone killed a flag; only `enable` lifts a kill.
        _ = content.keepKilled(in: current)
        return content
    }
}
