/// What an instance says of itself.
public struct FleetReport: Sendable, Hashable {
    /// Its id.
    public var id: InstanceID
    /// The service's name.
    public var name: String
    /// The service's version.
    public var version: String?
    /// What tells instances apart.
    public var labels: [String: String]
    /// The revision that it applied; 0: none.
    public var revision: Int64
    /// The digest of what it applied.
    public var digest: String?
    /// Where it has that from; a word that is passed on as it is.
    public var source: String
    /// Whether it stops now.
    public var isLeaving: Bool

    /// A report.
    public init(
        id: InstanceID, name: String, version: String? = nil, labels: [String: String] = [:], revision: Int64,
        digest: String? = nil, source: String, isLeaving: Bool = false
    ) {
        self.id = id
        self.name = name
        self.version = version
        self.labels = labels
        self.revision = revision
        self.digest = digest
        self.source = source
        self.isLeaving = isLeaving
    }
}
