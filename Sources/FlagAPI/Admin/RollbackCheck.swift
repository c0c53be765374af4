public import FlagModel

/// That the server evaluated what a rollback affects, and compared the answers with those of the restored revision.
public struct RollbackCheck: Sendable, Hashable, Codable {
    /// For how many users each flag was evaluated.
    public var sample: Int64
    /// The flags evaluated: those that the rollback affects, but for those that it left killed and
    /// those that require one of these.
    public var flags: [FlagKey]
    /// Those of them that answer something else than at the restored revision, for one of these users at least.
    public var differing: [FlagKey]

    /// Creates the value of its parts.
    public init(sample: Int64, flags: [FlagKey], differing: [FlagKey]) {
        self.sample = sample
        self.flags = flags
        self.differing = differing
    }
}
