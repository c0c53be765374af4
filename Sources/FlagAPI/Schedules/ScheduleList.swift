public import FlagModel

/// `GET /v1/environments/{environment}/schedules`: the scheduled changes, newest first.
public struct ScheduleList: Sendable, Hashable, Codable {
    /// The environment.
    public var environment: EnvironmentName
    /// The scheduled changes.
    public var schedules: [ScheduleDetail]
    /// Where the next page begins; absent on the last one.
    public var nextBefore: Int64?

    /// Creates the value of its parts.
    public init(environment: EnvironmentName, schedules: [ScheduleDetail], nextBefore: Int64? = nil) {
        self.environment = environment
        self.schedules = schedules
        self.nextBefore = nextBefore
    }
}
