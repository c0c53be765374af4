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
    /// An entry of the audit; the storage puts it at the end of the chain.
    case audit(AuditDraft)
}
