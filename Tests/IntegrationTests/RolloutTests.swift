import FlagModel
import Foundation
import TestSupport
import Testing

@Suite("A staged rollout on a running server")
struct RolloutTests {
    static let flag = "ENABLE_WEBSOCKET_TICKETS"

    /// Tickets live for a second, so that steps may be held for one.
    static func withServer(_ body: (RunningServer) async throws -> Void) async throws {
        try await RunningServer.with { server in
            try await Self.shorten(server)
            try await body(server)
        }
    }

    static func shorten(_ server: RunningServer) async throws {
        let result = try await server.flagctl(
            "set", "development", "WEBSOCKET_TICKET_TTL", "1", "--reason", "short steps")
        #expect(result.status == 0, "\(result.errors)")
    }

    static func start(
        _ steps: String, _ more: String..., flag: String = Self.flag, on server: RunningServer
    ) async throws -> Program.Result {
        try await server.flagctl(
            ["rollout", "start", "development", flag, "--steps", steps, "--reason", "first cohort"] + more)
    }

    /// The shares that rollouts gave the flag, oldest first.
    static func shares(of flag: String = Self.flag, on server: RunningServer) async throws -> [Double] {
        let revisions = try await server.request(.GET, "/v1/environments/development/revisions?limit=1000").json
        var shares: [Double] = []
        for revision in (revisions["revisions"]?.arrayValue ?? []).reversed()
        where revision["kind"] == "rollout" && revision["flags"]?.arrayValue == [.string(flag)] {
            let number = try #require(revision["revision"]?.integerValue)
            let snapshot = try await server.request(
                .GET, "/v1/environments/development/snapshot?revision=\(number)"
            ).json
            shares.append(snapshot["flags"]?[flag]?["rollout"]?["percentage"]?.doubleValue ?? -1)
        }
        return shares
    }

    @Test("It goes through its steps by itself, and a watch ends when it does")
    func completes() async throws {
        try await Self.withServer { server in
            let result = try await Self.start("1%:1s,25%:1s,100%", "-w", on: server)
            #expect(result.status == 0, "\(result.output)\(result.errors)")
            #expect(result.output.contains("step 1, 1 %, revision 3"))
            #expect(result.output.contains("step 3, 100 %, revision 5"))
            #expect(result.output.contains("completed"))
            #expect(try await Self.shares(on: server) == [1, 25, 100])
            let status = try await server.flagctl("rollout", "status", "development", "-o", "json")
            let json = try JSONParser.parse(status.output)
            #expect(status.status == 0 && json["summary"]?["state"] == "completed")
        }
    }

    /// flagctl, watching in the background.
    private static func watch(_ more: String..., on server: RunningServer) async throws -> Program {
        try await Program.start(
            Built.flagctl, ["rollout", "status", "development"] + more,
            environment: ["FLAGCTL_SERVER": server.address, "FLAGCTL_TOKEN": RunningServer.adminToken])
    }

    @Test("A watch goes on over a pause, and ends with 8 when the rollout is undone; one with a goal ends with 9")
    func watches() async throws {
        try await Self.withServer { server in
            _ = try await Self.start("1%:10m,100%", on: server)
            let healthy = try await server.flagctl(
                "rollout", "status", "development", "--until", "healthy", "--within", "60s")
            #expect(healthy.status == 0, "\(healthy.errors)")
            let late = try await server.flagctl(
                "rollout", "status", "development", "--until", "completed", "--within", "1s")
            #expect(late.status == 6 && late.errors.contains("it waits for hold:"), "\(late.errors)")

            let toTheEnd = try await Self.watch("-w", on: server)
            let toTheGoal = try await Self.watch("--until", "completed", on: server)
            try await eventually("both to watch") {
                toTheEnd.output.all.contains("step 1") && toTheGoal.output.all.contains("step 1")
            }
            _ = try await server.flagctl("rollout", "pause", "development", "--reason", "look")
            #expect(try await toTheGoal.waitForExit() == 9)
            #expect(toTheEnd.isRunning)
            let paused = try await server.flagctl("rollout", "status", "development")
            #expect(paused.status == 9 && paused.output.contains("paused"))
            let undone = try await server.flagctl(
                "rollout", "undo", "development", "--reason", "enough", "--wait", "--revoke-tickets")
            #expect(undone.status == 0 && undone.output.contains("is in force on 1 of 1 instance"))
            #expect(try await toTheEnd.waitForExit() == 8)
            #expect(try await Self.shares(on: server).first == 1)
        }
    }

    @Test("A plan that cannot be carried out is told with the place of each fault, and starts nothing")
    func faults() async throws {
        try await Self.withServer { server in
            let result = try await Self.start("25%:10m,5%:x,100%", on: server)
            #expect(result.status == 3, "\(result.errors)")
            #expect(result.errors.contains("plan.steps[1]"))
            let list = try await server.flagctl("rollout", "list", "development")
            #expect(list.output == "no rollouts\n")
        }
    }
}
