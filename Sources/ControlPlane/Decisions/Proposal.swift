internal import FlagModel

/// What an environment shall become, whoever asked for it: the last stretch that all decisions share.
struct Proposal {
    /// The environment.
    var environment: EnvironmentName
    /// What is in force; nil: the environment is new.
    var head: EnvironmentHead?
    /// The settings wanted.
    var settings: EnvironmentSettings
    /// The content wanted.
    var content: EnvironmentContent
    /// Who asks, why and when.
    var request: Request
    /// What is asked for.
    var origin: RevisionOrigin
    /// The revision that a rollback restores.
    var restoredRevision: Int64?
    /// The flags that a rollback leaves killed.
    var keptKilled: [FlagKey] = []
    /// Whether it only takes back, so that no freeze holds it back.
    var takesBack = false
    /// What the audit shall tell beyond what it tells of every revision.
    var detail: [String: JSONValue] = [:]

    /// Who asks, why and when.
    struct Request {
        var author: Author
        var reason: Reason
        var at: Timestamp
        var isDryRun: Bool
    }

    /// The audit's word for a change of settings alone.
    private static let settingsAction = "environments.apply"

    /// The audit's word for a revision.
    static func action(for origin: RevisionOrigin) -> String { "flags.\(origin.rawValue)" }

    /// Whether an action may have changed an environment's settings.
    static func appliesSettings(_ action: String) -> Bool {
        action == Self.settingsAction || action == Self.action(for: .apply)
    }

    /// The writes that make it so, none when it is so already.
    func decide() throws(ControlPlaneError) -> Decision<CommitOutcome> {
        let before = self.head?.content ?? EnvironmentContent()
        let content = self.content.settled(like: before)
        try self.checkParts(of: content, after: before)
        let violations = self.settings.violations(by: content)
        guard violations.isEmpty else { throw .invariantsViolated(self.environment, violations) }

        let settingsChanged = self.head.map { !$0.settings.isSame(as: self.settings) } ?? true
        let snapshot = self.snapshot(of: content, after: before)
        let record = self.record(of: snapshot, after: before)
        let head = EnvironmentHead(
            settings: self.settings, snapshot: snapshot,
            version: (self.head?.version ?? 0) + (record != nil || settingsChanged ? 1 : 0))
        let outcome = CommitOutcome(
            head: head, previous: self.head?.snapshot, record: record, origin: self.origin,
            restoredRevision: self.restoredRevision, keptKilled: self.keptKilled, at: self.request.at,
            difference: ContentDifference(from: before, to: content), settingsChanged: settingsChanged,
            settingsDifference: settingsChanged ? self.settings.difference(from: self.head?.settings) : [],
            isCreated: self.head == nil, isDryRun: self.request.isDryRun)
        guard record != nil || settingsChanged else { return Decision(outcome) }
        if record != nil, self.origin == .commit || self.origin == .apply, !self.takesBack {
            try self.head?.checkFreeze(at: self.request.at)
        }
        let write = EnvironmentWrite(
            head: head, revision: record, at: self.request.at, author: self.request.author.name)
        return Decision(
            outcome,
            writes: [.environment(write), .audit(self.audit(of: record, settingsChanged: settingsChanged))])
    }

    /// Sees to it that whatever a flag or a segment names is there.
    ///
    /// A kill and a rollback are not held up by it: a kill removes nothing, and what is restored was once in force.
    private func checkParts(
        of content: EnvironmentContent, after before: EnvironmentContent
    ) throws(ControlPlaneError) {
        guard self.origin == .commit || self.origin == .apply else { return }
        for name in before.segments.keys.sorted() where content.segments[name] == nil {
            let users = content.users(of: name)
            guard users.isEmpty else { throw .inUse("the segment \(name)", users) }
        }
        for key in before.flags.keys.sorted() where content.flags[key] == nil {
            let users = content.users(of: key)
            guard users.isEmpty else { throw .inUse("the flag \(key)", users) }
        }
        let issues = content.issues
        guard issues.isEmpty else { throw .invalidContent(issues) }
    }

    private func snapshot(of content: EnvironmentContent, after before: EnvironmentContent) -> Snapshot {
        if let head = self.head, before == content { return head.snapshot }
        return Snapshot(
            environment: self.environment, revision: (self.head?.revision ?? 0) + (before == content ? 0 : 1),
            content: content)
    }

    private func record(of snapshot: Snapshot, after before: EnvironmentContent) -> RevisionRecord? {
        let after = snapshot.content
        guard before != after else { return nil }
        let keys = Set(before.flags.keys).union(after.flags.keys)
        let names = Set(before.segments.keys).union(after.segments.keys)
        return RevisionRecord(
            number: snapshot.revision, at: self.request.at, author: self.request.author.name,
            reason: self.request.reason.text, origin: self.origin, restoredRevision: self.restoredRevision,
            digest: snapshot.digest, flags: keys.filter { before.flags[$0] != after.flags[$0] }.sorted(),
            segments: names.filter { before.segments[$0] != after.segments[$0] }.sorted())
    }

    private func audit(of record: RevisionRecord?, settingsChanged: Bool) -> AuditDraft {
        var detail = self.detail
        if let record {
            detail["digest"] = .string(record.digest)
            detail["flags"] = .array(record.flags.map { .string($0.text) })
            if !record.segments.isEmpty { detail["segments"] = .array(record.segments.map { .string($0.text) }) }
            if let restored = record.restoredRevision { detail["restored"] = .integer(restored) }
        }
        if settingsChanged {
            detail["settings"] = self.settings.json
            if let before = self.head?.settings { detail["settingsBefore"] = before.json }
        }
        return AuditDraft(
            at: self.request.at, actor: self.request.author.name,
            action: record == nil ? Self.settingsAction : Self.action(for: self.origin),
            environment: self.environment, revision: record?.number, reason: self.request.reason.text,
            detail: .object(detail))
    }
}
