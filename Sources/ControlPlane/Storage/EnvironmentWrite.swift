public import FlagModel

/// An environment moves on.
public struct EnvironmentWrite: Sendable {
    /// What is in force afterwards. Version 1: the environment is new.
    public var head: EnvironmentHead
    /// The revision made; nil: only settings change. Its ``RevisionRecord/flags`` are the ones to store, each with its
    /// definition in the head, or none there: it was removed.
    public var revision: RevisionRecord?
    /// When.
    public var at: Timestamp
    /// Who.
    public var author: String
}
