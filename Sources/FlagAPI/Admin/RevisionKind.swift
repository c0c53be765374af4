/// How a revision came to be.
public enum RevisionKind: String, Sendable, Hashable, Codable, CaseIterable {
    /// By a changeset.
    case commit
    /// By restoring an older revision.
    case rollback
    /// By killing a flag.
    case kill
    /// By applying a document.
    case apply
    /// By a staged rollout: one of its steps, or its way back.
    case rollout
}
