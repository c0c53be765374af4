public import FlagModel

/// One thing that a transaction writes.
public enum StorageWrite: Sendable {
    /// An environment moves on: it is made, gets a revision, or other settings.
    case environment(EnvironmentWrite)
    /// A new access token.
    case createToken(TokenRecord)
    /// The end of an access token.
    case revokeToken(id: Int64, at: Timestamp)
    /// An entry of the audit; the storage puts it at the end of the chain.
    case audit(AuditDraft)
}
