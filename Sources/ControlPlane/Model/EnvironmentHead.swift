public import FlagModel

/// What is in force in an environment: its settings, and the snapshot of its newest revision.
public struct EnvironmentHead: Sendable {
    /// What holds whatever the revision.
    public let settings: EnvironmentSettings
    /// The flags in force.
    public let snapshot: Snapshot
    /// Counts every write to the environment, of a revision or of settings: 1, 2, 3, …. Of two heads of one environment
    /// the one with the greater version is the newer.
    public let version: Int64

    /// A head.
    public init(settings: EnvironmentSettings, snapshot: Snapshot, version: Int64) {
        self.settings = settings
        self.snapshot = snapshot
        self.version = version
    }

    /// The environment.
    public var name: EnvironmentName { self.snapshot.environment }
    /// The revision in force; 0 before the first.
    public var revision: Int64 { self.snapshot.revision }
    /// What the revision holds.
    public var content: EnvironmentContent { self.snapshot.content }
}
