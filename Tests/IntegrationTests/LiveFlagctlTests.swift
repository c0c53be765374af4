import FlagModel
import Foundation
import TestSupport
import Testing

@Suite("flagctl sees changes arrive on the instances of a running server")
struct LiveFlagctlTests {
    private static let path = FleetTests.environment

    /// An instance that has the revision in force and reports nothing more.
    private func silentInstance(_ id: String, on server: RunningServer) async throws {
        let snapshot = try await server.request(.GET, Self.path + "/snapshot").json
        let answer = try await server.request(
            .PUT, "\(Self.path)/instances/\(id)",
            json: [
                "name": "billing", "revision": snapshot["revision"] ?? .null, "digest": snapshot["digest"] ?? .null,
                "source": "polling",
            ])
        #expect(answer.status == 200, "\(answer.body)")
    }

    private func set(
        _ value: Int, on server: RunningServer, wait: String = "--yes"
    ) async throws -> Program.Result {
        try await server.flagctl(
            "set", "development", "WEBSOCKET_TICKET_TTL", String(value), "--reason", "live", wait)
    }

    @Test("--wait ends well when every instance has the change, and with 7 and the laggard's name when one has not")
    func wait() async throws {
        try await RunningServer.with { server in
            let good = try await self.set(45, on: server, wait: "--wait")
            #expect(good.status == 0, "\(good.errors)")
            #expect(good.output.contains("is in force on 1 of 1 instance"))
            try await self.silentInstance("pod-9", on: server)
            let late = try await self.set(46, on: server, wait: "--wait=1s")
            #expect(late.status == 7, "\(late.output)\(late.errors)")
            #expect(late.errors.contains("pod-9 (billing) is behind"))
        }
    }

    @Test("watch shows a revision as it lands, and Ctrl-C ends it without failure")
    func watch() async throws {
        try await RunningServer.with { server in
            let watch = try await Program.start(
                Built.flagctl, ["watch", "development"],
                environment: ["FLAGCTL_SERVER": server.address, "FLAGCTL_TOKEN": RunningServer.adminToken])
            try await eventually("the watch to begin") { watch.errors.all.contains("watching development") }
            _ = try await self.set(45, on: server)
            try await eventually("the revision") { watch.output.all.contains("is in force on 1 of 1 instance") }
            #expect(watch.output.all.contains("variants.default  30 -> 45"))
            watch.signal(SIGINT)
            #expect(try await watch.waitForExit() == 0)
        }
    }

    @Test("What flagctl exports for flagd is what the server serves to flagd")
    func flagd() async throws {
        try await RunningServer.with { server in
            let exported = try await server.flagctl("export", "development", "--format", "flagd")
            #expect(exported.status == 0, "\(exported.errors)")
            let served = try await server.request(.GET, "/flagd/v1/environments/development/flags.json").json
            #expect(try JSONParser.parse(exported.output) == served)
            let imported = try await server.flagctl(
                "import", "development", "-f", "-", "--reason", "again", input: exported.output)
            #expect(imported.status == 0, "\(imported.errors)")
            #expect(imported.output.hasPrefix("nothing to change"))
        }
    }
}
