/// What webhooks are told of.
public enum WebhookEvent: String, Sendable, Hashable, CaseIterable {
    /// A revision was made, by whatever.
    case revisionMade = "revision.made"
    /// A rollout took a step.
    case rolloutStep = "rollout.step"
    /// A rollout waits for an approval.
    case rolloutApprovalNeeded = "rollout.approval-needed"
    /// A rollout stands still.
    case rolloutPaused = "rollout.paused"
    /// A rollout goes on.
    case rolloutResumed = "rollout.resumed"
    /// A rollout reached its end.
    case rolloutCompleted = "rollout.completed"
    /// A rollout went back.
    case rolloutRolledBack = "rollout.rolled-back"
    /// A rollout was ended.
    case rolloutAborted = "rollout.aborted"
    /// Something was done that has to be looked at.
    case reviewOpened = "review.opened"
    /// Someone has looked at it.
    case reviewClosed = "review.closed"
    /// A scheduled change was made.
    case scheduleExecuted = "schedule.executed"
    /// A scheduled change was not made.
    case scheduleRefused = "schedule.refused"
    /// A scheduled change was too late.
    case scheduleSkipped = "schedule.skipped"
}
