import FlagAPI
import FlagModel
import Foundation
import TestRedis
import TestSupport
import Testing

@Suite("Pathways of the running programs")
struct PathwayTests {
    @Test("What was counted is there after a restart, once, with flagctl as without")
    func survivesRestart() async throws {
        let folder = try RunningServer.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        var server = try await RunningServer.start(in: folder)
        try await server.open()
        for _ in 0..<3 {
            let ticket = try await server.issueTicket()
            #expect(try await server.authenticate("/ws?ticket=\(ticket)").json["pathway"] == "ticket")
        }
        let jwt = TestJWT.make(subject: "ada")
        let answer = try await server.authenticate("/ws", ["authorization": .string("Bearer \(jwt)")])
        #expect(answer.json["pathway"] == "authorization-header", "\(answer.body)")
        #expect(try await server.granted() == ["ticket": 3, "authorization-header": 1])
        try await server.stop()

        server = try await RunningServer.start(in: folder)
        #expect(try await server.granted() == ["ticket": 3, "authorization-header": 1])
        _ = try await server.authenticate("/ws", ["authorization": .string("Bearer \(jwt)")])
        #expect(try await server.granted() == ["ticket": 3, "authorization-header": 2])
        let table = try await server.flagctl("pathways", "development")
        #expect(table.status == 0 && table.output.contains("ENABLE_WEBSOCKET_COOKIE"), "\(table.errors)")
        try await server.stop()
        #expect(!server.log.contains(jwt))
    }

    @Test("Retiring a pathway starts a rollout that waits, and is refused for the last one that works")
    func retire() async throws {
        try await RunningServer.with { server in
            func retire(_ pathway: String) async throws -> Program.Result {
                try await server.flagctl(
                    "pathways", "retire", "development", pathway, "--when-idle", "7d", "--reason",
                    "everyone has tickets")
            }
            let started = try await retire("query-parameter")
            #expect(started.status == 0, "\(started.errors)")
            try await eventually("the rollout says what it waits for") {
                let status = try await server.flagctl(
                    "rollout", "status", "development", "ENABLE_WEBSOCKET_QUERY_PARAMETER", "-o", "json")
                return status.output.contains("idle/query-parameter") && status.output.contains("no-data")
            }
            let flag = try await server.flagctl(
                "eval", "development", "ENABLE_WEBSOCKET_QUERY_PARAMETER", "--targeting-key", "carol")
            #expect(flag.output.contains("true"), "\(flag.output)")

            // Cookies are the only way left that is open to everyone.
            for key in ["SUBPROTOCOL", "SESSION"].map({ "ENABLE_WEBSOCKET_" + $0 }) + ["WEBSOCKET_TICKET_FALLBACK"] {
                let result = try await server.flagctl("set", "development", key, "off", "--reason", "closed", "--yes")
                #expect(result.status == 0, "\(result.errors)")
            }
            _ = try await server.flagctl(
                "rollout", "abort", "development", "ENABLE_WEBSOCKET_QUERY_PARAMETER", "--reason", "closed by hand")
            let closed = try await server.flagctl(
                "rollout", "set", "development", "ENABLE_WEBSOCKET_QUERY_PARAMETER", "100", "--reason", "closed",
                "--yes")
            #expect(closed.status == 0, "\(closed.errors)")
            let refused = try await retire("cookie")
            #expect(refused.status == 3, "\(refused.output)")
            #expect(refused.errors.contains("Some browsers could not connect at all"), "\(refused.errors)")
        }
    }

    @Test("What a service of its own counts is shown by the control plane")
    func service() async throws {
        try await TestRedisServer.withServer { redis in
            try await RunningServer.withTicketService(redis: redis) { plane, service in
                try await plane.rollOut("100")
                let ticket = try await Tickets(plane).ticket(for: "ada")
                let handshake: JSONValue = ["uri": .string("/ws?ticket=\(ticket)"), "headers": [:]]
                let granted = try await service.request(.POST, "/websocket/authenticate", json: handshake)
                #expect(granted.status == 200 && granted.json["user_id"] == "ada", "\(granted.body)")
                let replayed = try await service.request(.POST, "/websocket/authenticate", json: handshake)
                #expect(replayed.status == 409 && replayed.json["closeCode"] == 4408, "\(replayed.body)")
                let other: JSONValue = ["uri": "/ws?token=a", "headers": [:]]
                let closed = try await service.request(.POST, "/websocket/authenticate", json: other)
                #expect(closed.status == 403 && closed.json["type"] == "pathway-off", "\(closed.body)")
                try await eventually("the control plane shows the service's ticket") {
                    try await plane.granted()["ticket"] == 1
                }
            }
        }
    }
}

extension RunningServer {
    /// Shows a handshake as a backend does.
    fileprivate func authenticate(_ uri: String, _ headers: [String: JSONValue] = [:]) async throws -> Answer {
        try await self.request(
            .POST, "/websocket/authenticate", json: ["uri": .string(uri), "headers": .object(headers)])
    }

    /// How often each pathway that was used has let somebody in.
    fileprivate func granted() async throws -> [String: Int64] {
        let result = try await self.flagctl("pathways", "development", "-o", "json")
        #expect(result.status == 0, "\(result.errors)")
        let list = try WireDecoder(unknownMembers: .refuse).decode(PathwayList.self, from: Array(result.output.utf8))
        return Dictionary(uniqueKeysWithValues: list.pathways.filter { $0.grants > 0 }.map { ($0.pathway, $0.grants) })
    }
}
