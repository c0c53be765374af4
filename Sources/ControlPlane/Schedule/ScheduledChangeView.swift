public import FlagModel

/// A scheduled change, and what it changes.
public struct ScheduledChangeView: Sendable {
    /// The change.
    public let record: ScheduledChange
    /// What it changes of the revision that its author saw.
    public let difference: ContentDifference

    init(_ record: ScheduledChange, on state: any StoredState) throws(ControlPlaneError) {
        self.record = record
        let head = try state.existingHead(of: record.environment)
        let base = try state.existingContent(of: head, at: record.baseRevision)
        // It could be made on that revision, so what it makes of it can be worked out.
        let after = (try? record.content.applied(to: base, revision: record.baseRevision + 1)) ?? base
        self.difference = ContentDifference(from: base, to: after.settled(like: base))
    }
}

extension ScheduledChange.Content {
    /// What it makes of a content.
    fileprivate func applied(to base: EnvironmentContent, revision: Int64) throws(InvalidChange) -> EnvironmentContent {
        switch self {
        case .document(let document, let prunes): return document.content(over: base, prunes: prunes)
        case .changes(let changes):
            var content = try base.applying(changes)
            for case .revokeTickets(let moment) in changes { content.revokeTickets(before: moment, revision: revision) }
            return content
        }
    }
}
