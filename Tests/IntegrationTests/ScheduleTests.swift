import FlagModel
import Foundation
import TestSupport
import Testing

@Suite("Scheduled changes of a real server")
struct ScheduleTests {
    private static let path = "/v1/environments/development"

    /// Schedules a change for soon, and says for when: on a slow machine later than asked for.
    private static func schedule(
        ttl: Int64, in seconds: Double, ifMissed: [String], on server: RunningServer
    ) async throws -> Date {
        var seconds = seconds
        while true {
            let date = Date(timeIntervalSinceNow: seconds)
            let moment = Timestamp(millisecondsSinceEpoch: Int64(date.timeIntervalSince1970 * 1000))
            let result = try await server.flagctl(
                ["set", "development", "WEBSOCKET_TICKET_TTL", String(ttl), "--reason", "at its time"]
                    + ["--at", moment.description, "--if-missed"] + ifMissed)
            if result.errors.contains("is not in the future"), seconds < 100 {
                seconds *= 2
                continue
            }
            #expect(result.status == 0 && result.output.contains("scheduled as "), "\(result.output)\(result.errors)")
            return date
        }
    }

    private static func states(_ server: RunningServer) async throws -> [String] {
        let answer = try await server.request(.GET, "\(Self.path)/schedules?state=all")
        return (answer.json["schedules"]?.arrayValue ?? []).reversed().compactMap { $0["state"]?.stringValue }
    }

    /// The revisions that schedules made.
    private static func revisions(_ server: RunningServer) async throws -> [Int64] {
        let answer = try await server.request(.GET, "\(Self.path)/revisions")
        return (answer.json["revisions"]?.arrayValue ?? []).filter { $0["reason"] == "at its time" }
            .compactMap { $0["revision"]?.integerValue }
    }

    @Test("Each is made once, whenever the server is killed around its time")
    func killed() async throws {
        try await LastingServer.with { lasting in
            for round in 0..<4 {
                let due = try await Self.schedule(
                    ttl: Int64(100 + round), in: 1.5, ifMissed: ["run-late"], on: lasting.now)
                // Before its time, at about its time, and just after it.
                let death = due.timeIntervalSinceNow + 0.5 * Double(round - 1) + .random(in: 0...0.5)
                try await Task.sleep(for: .seconds(max(0, death)))
                await lasting.kill()
                try await lasting.start()
                try await eventually("it is made") { try await Self.states(lasting.now).last == "executed" }
                #expect(try await Self.revisions(lasting.now).count == round + 1)
            }
            #expect(try await lasting.now.flagctl("audit", "verify").status == 0)
        }
    }

    @Test("Missed while the server was down, it is made late or left out, as was said")
    func missed() async throws {
        try await LastingServer.with { lasting in
            _ = try await Self.schedule(ttl: 100, in: 30, ifMissed: ["skip", "--grace", "1s"], on: lasting.now)
            let last = try await Self.schedule(ttl: 200, in: 30, ifMissed: ["run-late"], on: lasting.now)
            await lasting.kill()
            // Their time passes while nobody is there.
            try await Task.sleep(for: .seconds(max(0, last.timeIntervalSinceNow) + 2))
            try await lasting.start()
            try await eventually("both have come to an end") { try await !Self.states(lasting.now).contains("waiting") }
            #expect(try await Self.states(lasting.now) == ["skipped", "executed"])
            #expect(try await Self.revisions(lasting.now).count == 1)
            let list = try await lasting.now.flagctl("schedule", "list", "development", "--all")
            #expect(list.output.contains("late: the server was down"), "\(list.output)")
        }
    }

    @Test("What is to happen when it is missed has to be said")
    func noDefault() async throws {
        try await RunningServer.with { server in
            for arguments in [[], ["--if-missed", "skip"], ["--if-missed", "run-late", "--grace", "1m"]] {
                let result = try await server.flagctl(
                    ["set", "development", "WEBSOCKET_TICKET_TTL", "60", "--reason", "x"]
                        + ["--at", "2027-01-01T06:00:00Z"] + arguments)
                #expect(result.status == 2 && result.errors.contains("--if-missed"), "\(result.errors)")
            }
        }
    }
}
