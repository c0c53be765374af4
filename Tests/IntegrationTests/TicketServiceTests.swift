import FlagModel
import Foundation
import TestRedis
import TestSupport
import Testing

@Suite("TicketService beside FlagServer")
struct TicketServiceTests {
    private static let users = (0..<80).map { "user-\($0)" }

    @Test("A rollout to a share of the users puts each on the same side in both")
    func sameSides() async throws {
        try await TestRedisServer.withServer { redis in
            try await RunningServer.withTicketService(redis: redis) { plane, service in
                var before: Set<String> = []
                for percentage in ["20", "60"] {
                    try await plane.rollOut(percentage)
                    let served = try await Tickets(plane).served(Self.users)
                    #expect(try await Tickets(service).served(Self.users) == served)
                    #expect(served.count > before.count && served.count < Self.users.count)
                    #expect(served.isSuperset(of: before))
                    before = served
                }
            }
        }
    }

    @Test("A ticket of either is good at the other, and for one of many racing consumers at both")
    func shared() async throws {
        try await TestRedisServer.withServer { redis in
            try await RunningServer.withTicketService(redis: redis) { plane, service in
                let both = [Tickets(plane), Tickets(service)]
                try await plane.rollOut("100")
                for round in 0..<20 {
                    let ticket = try await both[round % 2].ticket()
                    let statuses = try await TicketPlaceTests.race(for: ticket, among: both)
                    #expect(statuses.count { $0 == 200 } == 1 && statuses.count { $0 == 409 } == 7, "\(statuses)")
                }
                let ticket = try await Tickets(plane).ticket()
                #expect(try await Tickets(service).consume(ticket).status == 200)
                #expect(try await Tickets(plane).consume(ticket).json["replayOf"]?["by"] == "tickets-1")
            }
        }
    }

    @Test("A rollback that revokes makes the tickets of both useless at both")
    func revocation() async throws {
        try await TestRedisServer.withServer { redis in
            try await RunningServer.withTicketService(redis: redis) { plane, service in
                let both = [Tickets(plane), Tickets(service)]
                try await plane.rollOut("100")
                for issuer in both {
                    for consumer in both {
                        try await plane.rollOut("100")
                        let ticket = try await issuer.ticket()
                        try await plane.command(
                            "rollback", "development", "--revoke-tickets", "--reason", "stolen", "--wait=2m")
                        #expect(try await consumer.consume(ticket).status == 410)
                    }
                }
            }
        }
    }

    @Test("Both refuse in the same words")
    func sameRefusals() async throws {
        try await TestRedisServer.withServer { redis in
            try await RunningServer.withTicketService(redis: redis) { plane, service in
                let both = [Tickets(plane), Tickets(service)]
                func expectSame(
                    _ status: Int, _ ask: (Tickets) async throws -> Answer,
                    sourceLocation: SourceLocation = #_sourceLocation
                ) async throws {
                    let answers = [try await ask(both[0]), try await ask(both[1])]
                    #expect(answers.map(\.status) == [status, status], sourceLocation: sourceLocation)
                    #expect(answers[0].body == answers[1].body, sourceLocation: sourceLocation)
                    let names = ["Content-Type", "Cache-Control", "Retry-After"]
                    for name in names {
                        #expect(answers[0].header(name) == answers[1].header(name), sourceLocation: sourceLocation)
                    }
                }
                try await expectSame(403) { try await $0.issue(for: "ada") }
                try await plane.rollOut("100")
                try await expectSame(422) { try await $0.issue(for: "ada", json: ["ttl_seconds": 5]) }
                try await expectSame(422) { try await $0.issue(for: "ada", json: ["permissions": "all"]) }
                try await expectSame(400) { try await $0.issue(for: "ada", body: #"{"ttl_seconds": 60,}"#) }
                try await expectSame(410) { try await $0.consume("no such ticket") }
                try await expectSame(410) { try await $0.consume(String(repeating: "A", count: 43)) }
                let ticket = try await both[0].ticket()
                #expect(try await both[0].consume(ticket).status == 200)
                try await expectSame(409) { try await $0.consume(ticket) }
                await redis.stop()
                try await eventually("both notice that Redis is away") {
                    let answers = [try await both[0].issue(for: "ada"), try await both[1].issue(for: "ada")]
                    return answers.allSatisfy { $0.status == 503 && $0.json["pathway"] == "subprotocol" }
                }
            }
        }
    }

    @Test("What --wait says to be in force on all instances is obeyed from then on")
    func acknowledged() async throws {
        try await TestRedisServer.withServer { redis in
            try await RunningServer.withTicketService(redis: redis) { plane, service in
                let tickets = Tickets(service)
                for _ in 0..<10 {
                    try await plane.rollOut("100")
                    #expect(try await tickets.issue(for: "ada").status == 200)
                    let output = try await plane.command(
                        "rollback", "development", "--reason", "that was it", "--wait=2m")
                    #expect(try await tickets.issue(for: "ada").status == 403)
                    #expect(output.contains("is in force on 2 of 2 instances"), "\(output)")
                }
                let list = try await plane.command("instances", "development")
                #expect(list.contains("2 of 2 instances current"), "\(list)")
                let row = try #require(list.split(separator: "\n").first { $0.hasPrefix("tickets-1") }, "\(list)")
                #expect(row.contains("ticket-service") && row.contains("current"), "\(row)")
            }
        }
    }

    @Test("With the control plane killed tickets go on, also after a restart, and its return changes them again")
    func controlPlaneAway() async throws {
        let folder = try RunningServer.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        try await TestRedisServer.withServer { redis in
            var plane = try await RunningServer.start(in: folder, environment: ["REDIS_URL": redis.url])
            var service = try await RunningTicketService.start(beside: plane, redis: redis)
            try await plane.rollOut("50")
            let served = try await Tickets(plane).served(Self.users)
            let user = try #require(served.first)
            let outstanding = try await Tickets(service).ticket(for: user)
            await plane.kill()

            #expect(try await Tickets(service).served(Self.users) == served)
            let ticket = try await Tickets(service).ticket(for: user)
            #expect(try await Tickets(service).consume(ticket).status == 200)

            #expect(try await service.stop() == 0, "\(service.log)")
            service = try await service.startAgain()
            #expect(try await Tickets(service).served(Self.users) == served)
            #expect(try await Tickets(service).consume(outstanding).status == 200)

            plane = try await RunningServer.start(
                in: folder,
                environment: [
                    "REDIS_URL": redis.url,
                    "SIGNALBOX_LISTEN": plane.address.replacingOccurrences(of: "http://", with: ""),
                ])
            try await eventually("the service is back in the fleet") {
                let list = try await plane.command("instances", "development")
                return list.split(separator: "\n").contains { $0.hasPrefix("tickets-1") && $0.contains("current") }
            }
            let output = try await plane.command(
                "rollback", "development", "--reason", "that was it", "--wait=2m")
            #expect(output.contains("is in force on 2 of 2 instances"), "\(output)")
            #expect(try await Tickets(service).served(Self.users).isEmpty)
            try await service.stop()
            try await plane.stop()
        }
    }

    @Test("A flag with an onStale serves its safe variant once the control plane is silent, until it is heard again")
    func stale() async throws {
        let folder = try RunningServer.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        try await TestRedisServer.withServer { redis in
            var settings = ["REDIS_URL": redis.url, "SIGNALBOX_STREAM_HEARTBEAT": "1s"]
            var plane = try await RunningServer.start(in: folder, environment: settings)
            let service = try await RunningTicketService.start(beside: plane, redis: redis)
            try await plane.rollOut("100")
            let exported = try await plane.flagctl("export", "development", "-o", "yaml").output
            let impatient = exported.replacingOccurrences(
                of: "  ENABLE_WEBSOCKET_TICKETS:\n",
                with: "  ENABLE_WEBSOCKET_TICKETS:\n    onStale: { after: 5s, serve: safe }\n")
            let applied = try await plane.flagctl(
                "apply", "-f", "-", "--reason", "for the test", "--yes", input: impatient)
            #expect(applied.status == 0, "\(applied.output)\(applied.errors)")
            try await eventually("tickets are issued under it") {
                try await Tickets(service).issue(for: "ada").status == 200
            }
            await plane.kill()
            try await eventually("tickets are refused") { try await Tickets(service).issue(for: "ada").status == 403 }

            settings["SIGNALBOX_LISTEN"] = plane.address.replacingOccurrences(of: "http://", with: "")
            plane = try await RunningServer.start(in: folder, environment: settings)
            try await eventually("tickets are issued") { try await Tickets(service).issue(for: "ada").status == 200 }
            try await service.stop()
            try await plane.stop()
        }
    }

    @Test("Without a control plane and without a cache it does not serve, and says what is missing")
    func nothingKnown() async throws {
        let folder = try RunningServer.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let program = try await Program.start(
            Built.ticketService,
            // Nobody listens on port 1.
            environment: [
                "FLAGS_SERVER": "http://127.0.0.1:1", "FLAGS_TOKEN": "sb_secret", "FLAGS_WAIT": "2",
                "TICKETS_PORT": "0",
            ],
            directory: folder)
        #expect(try await program.output.line(containing: "listening") == nil)
        #expect(try await program.waitForExit() == 1)
        #expect(try await program.errors.complete().contains("no flags within"))
        #expect(!program.errors.all.contains("sb_secret"))
    }

    @Test("Asked to stop while it waits for flags, it ends at once and well")
    func stoppedEarly() async throws {
        let folder = try RunningServer.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let program = try await Program.start(
            Built.ticketService,
            environment: ["FLAGS_SERVER": "http://127.0.0.1:1", "FLAGS_TOKEN": "sb_secret", "FLAGS_WAIT": "3600"],
            directory: folder)
        // It has asked, and goes on asking.
        _ = try await program.errors.line(containing: "the control plane does not serve this instance")
        program.signal(SIGTERM)
        #expect(try await program.waitForExit() == 0, "\(program.errors.all)")
    }

    @Test(
        "A setting that it cannot understand is named",
        arguments: [
            (["FLAGS_SERVER": "http://127.0.0.1:1"], "flags.token"),
            (["FLAGS_TOKEN": "t", "TICKETS_PORT": "http"], "TICKETS_PORT"),
            (["FLAGS_TOKEN": "t", "FLAGS_WAIT": "-1"], "FLAGS_WAIT"),
            (["FLAGS_TOKEN": "t", "TICKETS_ORIGINS": "chat"], "TICKETS_ORIGINS"),
            (["FLAGS_TOKEN": "t", "REDIS_URL": "localhost"], "Redis URL"),
        ])
    func badSettings(environment: [String: String], named: String) async throws {
        let result = try await Program.run(Built.ticketService, environment: environment)
        #expect(result.status == 1)
        #expect(result.errors.contains(named), "\(result.errors)")
    }
}

@Suite("docs/tickets.md")
struct TicketDocumentTests {
    @Test("Its commands run TicketService, and print what it says")
    func commands() async throws {
        let document = try String(
            contentsOf: Built.project.appendingPathComponent("docs/tickets.md"), encoding: .utf8)
        let steps = Transcript(of: document).steps
        let start = try #require(steps.firstIndex { $0.command.hasSuffix("swift run TicketService") })
        try await RunningServer.with { server in
            try FileManager.default.createSymbolicLink(
                at: server.folder.appendingPathComponent("bin"), withDestinationURL: Built.folder)
            var environment = [
                "FLAGCTL_SERVER": server.address, "FLAGCTL_TOKEN": RunningServer.adminToken,
                "FLAGS_SERVER": server.address, "TICKETS_PORT": "0",
            ]
            // The first terminal. What `swift run` starts once it has built; the port is another, that nothing is in the way.
            var script = steps[...start].map(\.command)
            script[start] = "exec env " + script[start].replacingOccurrences(of: "swift run ", with: "bin/")
            let service = try await Program.start(
                "/bin/bash", ["-c", script.joined(separator: "\n")], environment: environment,
                directory: server.folder)
            let line = try #require(
                try await service.output.line(containing: "TicketService listening on "), "\(service.errors.all)")
            let address = line.replacingOccurrences(of: "TicketService listening on ", with: "")
            #expect(steps[start].expected.first == "TicketService listening on http://127.0.0.1:8090")

            // The second.
            environment["NO_COLOR"] = "1"
            for step in steps[(start + 1)...] {
                let command = step.command.replacingOccurrences(of: "http://127.0.0.1:8090", with: address)
                let result = try await Program.run(
                    "/bin/bash", ["-c", command], environment: environment, directory: server.folder)
                #expect(result.status == 0, "$ \(step.command)\n\(result.output)\(result.errors)")
                step.expectPrinted(result.output)
            }
            service.signal(SIGTERM)
            #expect(try await service.waitForExit() == 0, "\(service.errors.all)")
        }
    }
}
