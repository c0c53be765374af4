/// When a change is to be made, in place of at once.
public struct ScheduleRequest: Sendable, Hashable, Codable {
    /// `2026-12-01T06:00:00+01:00`; or, in a time zone, `2026-12-01T06:00`.
    public var at: String
    /// The time zone of `at`: an IANA name such as `Europe/Berlin`, or `UTC`; absent: `at` has an offset.
    public var timeZone: String?
    /// What happens when it cannot be made then: `run-late` or `skip`.
    public var ifMissed: String
    /// With `skip`: how many seconds late it may be made.
    public var graceSeconds: Int64?

    /// Creates the value of its parts.
    public init(at: String, timeZone: String? = nil, ifMissed: String, graceSeconds: Int64? = nil) {
        self.at = at
        self.timeZone = timeZone
        self.ifMissed = ifMissed
        self.graceSeconds = graceSeconds
    }
}
