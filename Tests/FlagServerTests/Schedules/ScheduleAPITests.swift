import FlagAPI
import FlagModel
import HTTPTypes
import Testing

@testable import FlagServer

@Suite("Scheduled changes over HTTP")
struct ScheduleAPITests {
    private static let base = "/v1/environments/development"

    private static func changeset(_ schedule: JSONValue) -> JSONValue {
        [
            "baseRevision": 1, "reason": "campaign", "schedule": schedule,
            "changes": [["op": "set", "flag": "WEBSOCKET_TICKET_TTL", "value": 45]],
        ]
    }

    /// A moment that is to come, in UTC and without an offset.
    private static func soon(_ api: TestAPI) -> String {
        String(api.clock.now.advanced(byMilliseconds: 3_600_000).description.prefix(19))
    }

    @Test("A changeset with a schedule changes nothing yet, is listed with what it will change, and can be cancelled")
    func lifecycle() async throws {
        try await TestAPI.with { api in
            let made = try await api.send(
                .post, "\(Self.base)/changesets",
                json: Self.changeset([
                    "at": .string(Self.soon(api)), "timeZone": "UTC", "ifMissed": "skip", "graceSeconds": 600,
                ]))
            let result = try made.decode(CommitResult.self)
            #expect(result.scheduled?.id == 1 && result.dryRun && result.difference.entries.count == 1)
            let list = try await api.send(.get, "\(Self.base)/schedules").decode(ScheduleList.self)
            #expect(list.schedules.first?.graceSeconds == 600)
            #expect(list.schedules.first?.difference.entries.map(\.key) == ["WEBSOCKET_TICKET_TTL"])
            let cancelled = try await api.send(
                .post, "\(Self.base)/schedules/1/cancel", json: ["reason": "postponed"])
            #expect(try cancelled.decode(ScheduleDetail.self).state == "cancelled")
            let again = try await api.send(.post, "\(Self.base)/schedules/1/cancel", json: ["reason": "postponed"])
            #expect(again.status == 409 && again.problem?.type == "schedule-refused")
            let environment = try await api.send(.get, Self.base).decode(EnvironmentDetail.self)
            #expect(environment.summary.revision == 1)
        }
    }

    @Test("A dry run schedules nothing")
    func dryRun() async throws {
        try await TestAPI.with { api in
            guard
                var body = Self.changeset([
                    "at": .string(Self.soon(api)), "timeZone": "UTC", "ifMissed": "run-late",
                ]).objectValue
            else { return }
            body["dryRun"] = true
            let tried = try await api.send(.post, "\(Self.base)/changesets", json: .object(body))
            #expect(try tried.decode(CommitResult.self).scheduled == nil)
            let list = try await api.send(.get, "\(Self.base)/schedules?state=all").decode(ScheduleList.self)
            #expect(list.schedules.isEmpty)
        }
    }

    @Test(
        "Terms that say too little, too much or nothing sensible are refused with their place",
        arguments: [
            (["at": "2030-01-01T06:00", "ifMissed": "run-late"], "schedule.at"),
            (["at": "2000-01-01T06:00:00Z", "ifMissed": "run-late"], "schedule.at"),
            (["at": "2000-01-01T06:00:00Z", "ifMissed": "skip"], "schedule.graceSeconds"),
            (["at": "2000-01-01T06:00:00Z", "ifMissed": "run-late", "graceSeconds": 5], "schedule.graceSeconds"),
            (["at": "2000-01-01T06:00:00Z", "ifMissed": "later"], "schedule.ifMissed"),
            (["at": "2026-10-25T02:30", "timeZone": "Europe/Berlin", "ifMissed": "run-late"], "schedule.at"),
        ] as [(JSONValue, String)])
    func refusals(schedule: JSONValue, place: String) async throws {
        try await TestAPI.with { api in
            let answer = try await api.send(.post, "\(Self.base)/changesets", json: Self.changeset(schedule))
            #expect(answer.status == 422 && answer.problem?.issues?.map(\.path) == [place], "\(answer.text)")
        }
    }
}
