import FlagAPI
import FlagModel
import TestSupport
import Testing

@testable import flagctl

@Suite("doctor says of each thing whether it is well and what to do")
struct DoctorTests {
    static let status = ServerStatus(
        version: "0.1.0", sqliteVersion: "3.40.1", runtimeEnvironment: "development", ticketStore: "redis",
        ticketStoreAvailable: true, ticketPolicyProblems: [])

    private static let date = ["date": "Wed, 04 Mar 2026 05:06:06 GMT"]

    private static func server(
        _ status: ServerStatus = Self.status, _ edit: (inout [String: StubServer.Answer]) -> Void = { _ in }
    ) -> StubServer {
        var answers: [String: StubServer.Answer] = [
            "GET /healthz": .init(["status": "ok"], headers: Self.date),
            "GET /readyz": .init(["status": "ok"]),
            "GET /v1/whoami": .init(WhoAmI(name: "ada", role: "admin")),
            "GET /v1/status": .init(status),
        ]
        edit(&answers)
        return StubServer(answers)
    }

    private func lines(_ run: Run) -> [String] {
        run.output.replacing(/within \d+ ms/, with: "within N ms").split(separator: "\n").map(String.init)
    }

    @Test("When all is well each line is ok")
    func well() async {
        let run = await Run("doctor", server: Self.server())
        #expect(run.status == .success)
        #expect(
            self.lines(run) == [
                "ok    configuration  no file at /nonexistent/.config/flagctl/config.yaml, which is fine",
                "ok    server         http://127.0.0.1:8080 (the default) answers within N ms",
                "ok    clock          agrees with the server's",
                "ok    readiness      the server takes requests",
                "ok    token          ada is admin in all environments, from FLAGCTL_TOKEN",
                "ok    versions       flagctl 0.1.0, FlagServer 0.1.0, SQLite 3.40.1",
                "ok    ticket store   redis, available",
                "ok    ticket policy  complete in development",
            ])
    }

    @Test("Warnings do not fail")
    func warnings() async {
        var status = Self.status
        status.version = "1.0.0"
        status.ticketPolicyProblems = ["WEBSOCKET_TICKET_TTL is missing"]
        let server = Self.server(status) {
            $0["GET /healthz"] = .init(["status": "ok"], headers: ["date": "Wed, 04 Mar 2026 05:07:07 GMT"])
            $0["GET /v1/whoami"] = .init(
                WhoAmI(
                    name: "ada", role: "viewer", environments: ["staging"],
                    expiresAt: Samples.at.advanced(byMilliseconds: 3_600_000)))
        }
        let run = await Run("doctor", server: server, environment: ["FLAGCTL_SERVER": "http://flags.example.com"])
        #expect(run.status == .success)
        let warnings = self.lines(run).filter { $0.hasPrefix("warn") }
        #expect(warnings.count == 5)
        #expect(warnings[0].contains("this machine is 59 s behind the server"))
        #expect(warnings[1].contains("the token travels unencrypted to flags.example.com"))
        #expect(warnings[2].contains("ada is viewer in staging, from FLAGCTL_TOKEN; it ends at 2026-03-04 06:06:07Z"))
        #expect(warnings[3].contains("FlagServer 1.0.0"))
        #expect(warnings[4].contains("in development: WEBSOCKET_TICKET_TTL is missing"))
    }

    @Test("What fails is told with the cure, and ends with 1")
    func failures() async {
        var status = Self.status
        status.ticketStoreAvailable = false
        let run = await Run("doctor", server: Self.server(status))
        #expect(run.status == .error)
        #expect(run.output.contains("fail  ticket store   redis, not available"))
        #expect(run.output.contains("-> look at REDIS_URL"))
        #expect(run.errors.hasPrefix("error: one check failed\n"))
    }

    @Test("A refused token ends the examination")
    func token() async {
        let server = Self.server {
            $0["GET /v1/whoami"] = .problem("token-invalid", 401, "the access token is not known")
        }
        let run = await Run("doctor", server: server)
        #expect(run.status == .error)
        #expect(run.output.contains("fail  token          the access token is not known\n"))
        #expect(run.output.contains("-> the token came from FLAGCTL_TOKEN"))
        #expect(!run.output.contains("ticket store"))
    }

    @Test("A token that may not see the status is fine for its task")
    func narrowToken() async {
        let server = Self.server { $0["GET /v1/status"] = .problem("role-forbidden", 403, "not for readers") }
        let run = await Run("doctor", server: server)
        #expect(run.status == .success)
        #expect(run.output.contains("warn  status"))
    }

    @Test("A server that is away is told, and no token is looked at")
    func away() async {
        let run = await Run("doctor")
        #expect(run.status == .error)
        #expect(run.output.contains("fail  server         cannot reach http://127.0.0.1:8080"))
        #expect(!run.output.contains("token "))
    }

    @Test("A faulty configuration is a failed check; the rest is looked at when the server is named elsewhere")
    func faultyConfiguration() async throws {
        try await TemporaryDirectory.with { folder in
            try FileAccess.replacePrivately("\(folder)/flagctl/config.yaml", with: Array("contexts: 3\n".utf8))
            var variables = ["XDG_CONFIG_HOME": folder]
            #expect(self.lines(await Run("doctor", server: Self.server(), environment: variables)).count == 3)
            variables["FLAGCTL_SERVER"] = "http://127.0.0.1:8080"
            let run = await Run("doctor", server: Self.server(), environment: variables)
            #expect(run.status == .error)
            #expect(run.output.hasPrefix("fail  configuration  \(folder)/flagctl/config.yaml is not valid\n"))
            #expect(run.output.contains("ok    ticket policy  complete"))
        }
    }

    @Test("-o json prints the findings")
    func json() async throws {
        let run = await Run("doctor", "-o", "json", server: Self.server())
        let findings = try JSONParser.parse(run.output)
        #expect(findings.arrayValue?.count == 8)
        #expect(findings.arrayValue?[4]["subject"] == "token")
        #expect(findings.arrayValue?[4]["level"] == "ok")
    }

    @Test("Dates of HTTP are read")
    func dates() {
        #expect(HTTPDate.parse("Sun, 06 Nov 1994 08:49:37 GMT")?.description == "1994-11-06T08:49:37.000Z")
        for text in ["", "Sun, 06 Nov 1994 08:49:37 CET", "Sun, 06 Nox 1994 08:49:37 GMT", "1994-11-06T08:49:37Z"] {
            #expect(HTTPDate.parse(text) == nil)
        }
    }
}
