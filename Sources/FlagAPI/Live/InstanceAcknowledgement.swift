/// The answer to an ``InstanceReport``.
public struct InstanceAcknowledgement: Sendable, Hashable, Codable {
    /// The revision in force.
    public var revision: Int64
    /// How the instance stands to it.
    public var state: InstanceState
    /// How long the instance may be quiet before it counts as stale, in seconds. It reports again well before.
    public var reportWithinSeconds: Int64
    /// How often the instance is to report its telemetry while it changes, in seconds; absent: every second.
    public var telemetryEverySeconds: Int64?

    /// Creates the value of its parts.
    public init(revision: Int64, state: InstanceState, reportWithinSeconds: Int64, telemetryEverySeconds: Int64? = nil)
    {
        self.revision = revision
        self.state = state
        self.reportWithinSeconds = reportWithinSeconds
        self.telemetryEverySeconds = telemetryEverySeconds
    }
}
