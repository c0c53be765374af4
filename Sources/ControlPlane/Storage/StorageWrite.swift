public import FlagModel

/// One thing that a transaction writes.
public enum StorageWrite: Sendable {
    /// An environment moves on: it is made, gets a revision, or other settings.
    case environment(EnvironmentWrite)
    /// A new access token.
    case createToken(TokenRecord)
    /// The end of an access token.
    case revokeToken(id: Int64, at: Timestamp)
    /// Live instances of the fleet, over what is stored of them.
    case instances([StoredInstance])
    /// Instances that nobody waits for any more.
    case forgetInstances([InstanceID], in: EnvironmentName)
    /// A rollout, new or over what is stored of it.
    case rollout(RolloutRecord)
    /// A line of a rollout's history.
    case rolloutEntry(RolloutEntry)
    /// A review item, new or over what is stored of it.
    case review(Review)
    /// A webhook, new or over what is stored of it.
    case webhook(Webhook)
    /// The end of a webhook, its secret and its deliveries.
    case deleteWebhook(Int64)
    /// A delivery to a webhook, new or over what is stored of it.
    case delivery(WebhookDelivery)
    /// Deliveries that came to an end, but for the newest.
    case forgetDeliveries(of: Int64, beyond: Int)
    /// What was counted of the pathways' use, on top of what is stored of it.
    case pathwayUses([PathwayUse])
    /// A scheduled change, new or over what is stored of it.
    case schedule(ScheduledChange)
    /// An entry of the audit; the storage puts it at the end of the chain.
    case audit(AuditDraft)
}
