public import FlagModel

/// One running subscriber, as the server knows it.
public struct InstanceSummary: Sendable, Hashable, Codable {
    /// Its id, unique in the environment.
    public var id: String
    /// The service's name.
    public var name: String
    /// The service's version.
    public var version: String?
    /// What tells instances apart.
    public var labels: [String: String]
    /// The revision that it acknowledged last; 0: none yet.
    public var revision: Int64
    /// The digest that came with it.
    public var digest: String?
    /// How it stands to the revision in force.
    public var state: InstanceState
    /// Whether its event stream is open.
    public var connected: Bool
    /// Where it has its revision from.
    public var source: InstanceSource
    /// When it was first heard of.
    public var firstSeen: Timestamp
    /// When it was last heard of.
    public var lastSeen: Timestamp
    /// How many revisions it is behind.
    public var lag: Int64
    /// From the commit of the revision that it has to its acknowledgement, in milliseconds; absent when it had that
    /// revision on arrival.
    public var appliedAfterMilliseconds: Double?

    /// Creates the value of its parts.
    public init(
        id: String, name: String, version: String? = nil, labels: [String: String] = [:], revision: Int64,
        digest: String? = nil, state: InstanceState, connected: Bool, source: InstanceSource, firstSeen: Timestamp,
        lastSeen: Timestamp, lag: Int64, appliedAfterMilliseconds: Double? = nil
    ) {
        self.id = id
        self.name = name
        self.version = version
        self.labels = labels
        self.revision = revision
        self.digest = digest
        self.state = state
        self.connected = connected
        self.source = source
        self.firstSeen = firstSeen
        self.lastSeen = lastSeen
        self.lag = lag
        self.appliedAfterMilliseconds = appliedAfterMilliseconds
    }
}
