public import FlagModel

/// An entry of the audit before it has its place in the chain.
public struct AuditDraft: Sendable, Hashable {
    /// When.
    public var at: Timestamp
    /// Who.
    public var actor: String
    /// What was done, dotted: `flags.commit`, `tokens.create`, ….
    public var action: String
    /// Where, if it concerns one environment.
    public var environment: EnvironmentName?
    /// The revision that it made, if it made one.
    public var revision: Int64?
    /// Why.
    public var reason: String
    /// What exactly. Never a secret.
    public var detail: JSONValue

    /// The entry that follows `previous` (nil: the first).
    public func entry(following previous: (sequence: Int64, digest: String)?) -> AuditEntry {
        AuditEntry(
            following: previous, at: self.at, actor: self.actor, action: self.action,
            environment: self.environment, revision: self.revision, reason: self.reason, detail: self.detail)
    }
}
