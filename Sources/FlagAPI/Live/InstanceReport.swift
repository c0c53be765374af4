public import FlagModel

/// `PUT /v1/environments/{environment}/instances/{instance}`: an instance says who it is and what it has applied.
public struct InstanceReport: Sendable, Hashable, Codable {
    /// What kind of instance it is: the service's name, 1 to 100 characters.
    public var name: String
    /// The service's version.
    public var version: String?
    /// What tells instances apart: `region`, `host`, …; at most 16, of at most 100 characters each.
    public var labels: [String: String]?
    /// The revision applied; 0: none yet.
    public var revision: Int64
    /// The digest of what was applied; absent while there is none.
    public var digest: String?
    /// Where it has the revision from.
    public var source: InstanceSource
    /// Whether the instance stops now and is not to be waited for.
    public var leaving: Bool?
    /// What it counted since it started; absent: it counts nothing.
    public var telemetry: TelemetryReport?

    /// Creates the value of its parts.
    public init(
        name: String, version: String? = nil, labels: [String: String]? = nil, revision: Int64, digest: String? = nil,
        source: InstanceSource, leaving: Bool? = nil, telemetry: TelemetryReport? = nil
    ) {
        self.name = name
        self.version = version
        self.labels = labels
        self.revision = revision
        self.digest = digest
        self.source = source
        self.leaving = leaving
        self.telemetry = telemetry
    }
}
