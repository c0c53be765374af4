/// One thing that a role may be allowed to do.
public enum Permission: String, Sendable, Hashable, CaseIterable {
    /// Read flags, snapshots and streams.
    case readFlags = "read-flags"
    /// Evaluate flags for a context.
    case evaluate
    /// Say as a running instance which revision it has applied.
    case acknowledge
    /// Read revisions and what changed between them.
    case readHistory = "read-history"
    /// Read the audit.
    case readAudit = "read-audit"
    /// Consume a user's ticket.
    case consumeTickets = "consume-tickets"
    /// Look at any user's ticket without consuming it.
    case validateTickets = "validate-tickets"
    /// Take a flag to its safe variant.
    case kill
    /// Restore an older revision.
    case rollback
    /// Change flags, by changeset or document.
    case commit
    /// Start staged rollouts, resume and promote them.
    case manageRollouts = "manage-rollouts"
    /// Approve the changes of others.
    case approve
    /// Close the review items of what others did.
    case closeReviews = "close-reviews"
    /// Create environments, and change their settings: an invariant protects only while not everyone can lift it.
    case manageEnvironments = "manage-environments"
    /// Create, try and delete webhooks, and see what they were told.
    case manageWebhooks = "manage-webhooks"
    /// Create and revoke access tokens.
    case manageTokens = "manage-tokens"
}
