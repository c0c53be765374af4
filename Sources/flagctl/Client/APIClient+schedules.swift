import FlagAPI
import FlagModel

extension APIClient {
    /// An environment's scheduled changes, newest first.
    func schedules(_ name: EnvironmentName, all: Bool, limit: Int) async throws(Failure) -> ScheduleList {
        try await self.send(
            "GET", Self.path(name, "schedules"), query: [("state", all ? "all" : "waiting"), ("limit", String(limit))])
    }

    /// A scheduled change.
    func schedule(_ id: Int64, in name: EnvironmentName) async throws(Failure) -> ScheduleDetail {
        try await self.send("GET", Self.path(name, "schedules", String(id)))
    }

    /// Calls a scheduled change off.
    func cancelSchedule(
        _ id: Int64, in name: EnvironmentName, because reason: String
    ) async throws(Failure) -> ScheduleDetail {
        try await self.send(
            "POST", Self.path(name, "schedules", String(id), "cancel"), body: ScheduleCancelRequest(reason: reason))
    }
}
