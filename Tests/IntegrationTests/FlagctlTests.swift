import FlagModel
import Foundation
import Testing

@Suite("flagctl against a running server")
struct FlagctlTests {
    @Test("Applying the environments' files changes nothing and makes no revision")
    func applyTwice() async throws {
        try await RunningServer.with { server in
            let before = try await server.request(.GET, "/v1/environments")
            for name in ["development", "staging", "production"] {
                let file = Built.project.appendingPathComponent("environments/\(name).yaml").path
                let result = try await server.flagctl("apply", "-f", file, "--reason", "again")
                #expect(result.status == 0, "\(result.output)\(result.errors)")
            }
            #expect(try await server.request(.GET, "/v1/environments").body == before.body)
        }
    }

    @Test("What export writes, apply takes, and nothing changes")
    func exportAndApply() async throws {
        try await RunningServer.with { server in
            try await server.open()
            let before = try await server.request(.GET, "/v1/environments")
            let exported = try await server.flagctl("export", "development")
            #expect(exported.status == 0, "\(exported.errors)")
            let applied = try await server.flagctl("apply", "-f", "-", "--reason", "round trip", input: exported.output)
            #expect(applied.status == 0, "\(applied.output)\(applied.errors)")
            #expect(try await server.request(.GET, "/v1/environments").body == before.body)
        }
    }

    @Test("Every refusal has its exit code and says what to do next")
    func exitCodes() async throws {
        try await RunningServer.with { server in
            func expect(_ status: Int32, naming text: String, _ result: Program.Result) {
                #expect(result.status == status, "\(result.output)\(result.errors)")
                #expect(result.errors.contains(text), "\(result.errors)")
            }
            expect(2, naming: "rolout", try await server.flagctl("rolout"))
            expect(1, naming: "development", try await server.flagctl("get", "developmnet", "WEBSOCKET_TICKET_TTL"))
            expect(
                1, naming: "ENABLE_WEBSOCKET_TICKETS",
                try await server.flagctl("get", "development", "ENABLE_WEBSOCKET_TICKET"))
            expect(
                3, naming: "3600",
                try await server.flagctl("set", "development", "WEBSOCKET_TICKET_TTL", "5000", "--reason", "too long"))
            expect(
                4, naming: "rebase",
                try await server.flagctl(
                    "set", "development", "WEBSOCKET_TICKET_TTL", "45", "--base", "0", "--reason", "stale"))
            expect(
                1, naming: "FLAGCTL_TOKEN",
                try await server.flagctl("env", "list", environment: ["FLAGCTL_TOKEN": "not-a-token-of-this-server"]))
            expect(
                1, naming: "FLAGCTL_SERVER",
                try await server.flagctl("env", "list", environment: ["FLAGCTL_SERVER": "http://127.0.0.1:1"]))
        }
    }

    @Test("S11: the last pathway that browsers can use cannot be switched off, and the flags are named")
    func interlock() async throws {
        try await RunningServer.with { server in
            let legacy = ["SUBPROTOCOL", "QUERY_PARAMETER", "COOKIE", "SESSION"]
            for pathway in legacy {
                let result = try await server.flagctl(
                    "set", "production", "ENABLE_WEBSOCKET_\(pathway)", "off", "--reason", "retired", "--yes")
                #expect(result.status == 0, "\(result.errors)")
            }
            // Only the fallback is left.
            let last = try await server.flagctl(
                "set", "production", "WEBSOCKET_TICKET_FALLBACK", "off", "--reason", "one too many", "--yes")
            #expect(last.status == 3, "\(last.output)\(last.errors)")
            #expect(last.errors.contains("WEBSOCKET_TICKET_FALLBACK"), "\(last.errors)")
            #expect(last.errors.contains("authentication-pathway-reachable"), "\(last.errors)")

            let opened = try await server.flagctl(
                "rollout", "set", "production", "ENABLE_WEBSOCKET_TICKETS", "100", "--reason", "all aboard", "--yes")
            #expect(opened.status == 0, "\(opened.errors)")
            let closed = try await server.flagctl(
                "set", "production", "WEBSOCKET_TICKET_FALLBACK", "off", "--reason", "tickets for all", "--yes")
            #expect(closed.status == 0, "\(closed.errors)")
            let kill = try await server.flagctl("kill", "production", "ENABLE_WEBSOCKET_TICKETS", "--reason", "panic")
            #expect(kill.status == 3, "\(kill.output)\(kill.errors)")
            let bypass = try await server.flagctl(
                "set", "production", "ENABLE_WEBSOCKET_E2E_BYPASS", "on", "--reason", "tests", "--yes")
            #expect(bypass.status == 3, "\(bypass.output)\(bypass.errors)")
        }
    }

    @Test("A second rollback goes further back and never brings the bad change back")
    func rollbackTwice() async throws {
        try await RunningServer.with { server in
            for ttl in ["40", "50", "60"] {
                let set = try await server.flagctl(
                    "set", "development", "WEBSOCKET_TICKET_TTL", ttl, "--reason", "to \(ttl)")
                #expect(set.status == 0, "\(set.errors)")
            }
            for expected in ["50", "40", "30"] {
                let back = try await server.flagctl("rollback", "development", "--reason", "back")
                #expect(back.status == 0, "\(back.errors)")
                let value = try await server.flagctl("get", "development", "WEBSOCKET_TICKET_TTL", "-o", "json")
                #expect(value.output.contains(expected), "\(value.output)")
            }
            let nothing = try await server.flagctl("rollback", "development", "--reason", "back")
            #expect(nothing.status != 0)
        }
    }

    @Test("A tampered audit file is detected offline")
    func tamperedAudit() async throws {
        try await RunningServer.with { server in
            try await server.open()
            let exported = try await server.flagctl("audit", "export")
            #expect(exported.status == 0, "\(exported.errors)")
            let file = server.folder.appendingPathComponent("audit.jsonl")
            try exported.output.write(to: file, atomically: true, encoding: .utf8)
            let offline = ["FLAGCTL_SERVER": "http://127.0.0.1:1"]
            let intact = try await server.flagctl("audit", "verify", "--file", file.path, environment: offline)
            #expect(intact.status == 0, "\(intact.output)\(intact.errors)")

            let tampered = exported.output.replacingOccurrences(of: "for the test", with: "for the rest")
            #expect(tampered != exported.output)
            try tampered.write(to: file, atomically: true, encoding: .utf8)
            let broken = try await server.flagctl("audit", "verify", "--file", file.path, environment: offline)
            #expect(broken.status != 0)
        }
    }

    @Test("doctor says what is well, and what is not with its cure")
    func doctor() async throws {
        try await RunningServer.with { server in
            let well = try await server.flagctl("doctor")
            #expect(well.status == 0, "\(well.output)\(well.errors)")
            let ill = try await server.flagctl("doctor", environment: ["FLAGCTL_SERVER": "http://127.0.0.1:1"])
            #expect(ill.status == 1, "\(ill.output)\(ill.errors)")
        }
    }
}
