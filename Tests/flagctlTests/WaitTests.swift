import FlagAPI
import FlagModel
import Testing

@testable import flagctl

@Suite("--wait sees a change arrive on every instance")
struct WaitTests {
    private static let stream = "GET /v1/environments/development/convergence?revision=7"

    private static func server(_ streams: [StubServer.Stream]) -> StubServer {
        StubServer(
            [
                "GET /v1/environments/development": .init(Samples.environment("development")),
                "POST /v1/environments/development/changesets": .init(Samples.commit()),
                "POST /v1/environments/development/flags/X/kill": .init(Samples.commit(kind: .kill)),
                "POST /v1/environments/development/rollback": .init(
                    Samples.commit(7, kind: .rollback, restored: 5)),
            ], streams: [Self.stream: streams])
    }

    private static func pieces(_ reports: ConvergenceReport...) -> [String] {
        reports.map { Samples.event("convergence", $0) }
    }

    private func enable(_ extra: String..., server: StubServer) async -> Run {
        await Run(["enable", "development", "X", "--reason", "r"] + extra, server: server)
    }

    @Test("Progress goes to standard error, and the end says on how many and how fast")
    func converges() async {
        let pieces = Self.pieces(Samples.convergence(0), Samples.convergence(9), Samples.convergence(12))
        let run = await self.enable("--wait", server: Self.server([.init(pieces: pieces)]))
        #expect(run.status == .success)
        #expect(run.errors == "revision 7: 0 of 12 instances\nrevision 7: 9 of 12 instances\n")
        #expect(run.output.hasSuffix("\nrevision 7 is in force on 12 of 12 instances, last after 8.3 ms\n"))
    }

    @Test("When time is up it ends with 7 and names the laggards")
    func lags() async {
        let laggards = [Samples.instance("pod-7", .behind, revision: 6)]
        let server = Self.server([
            .init(pieces: Self.pieces(Samples.convergence(11, laggards: laggards)), ends: false)
        ])
        let run = await self.enable("--wait=45s", server: server)
        #expect(run.status == .notConverged)
        #expect(run.output.contains("revision 7 is in force in development after"))
        #expect(
            run.errors.hasSuffix(
                """
                error: revision 7 is in force on 11 of 12 instances after 45.0 s
                pod-7 (billing 1.4.0) is behind at revision 6, last seen 2026-03-04 05:06:07Z
                hint: look again with: flagctl instances development

                """))
    }

    @Test("A server that says nothing in time is a failure as well")
    func silence() async {
        let run = await self.enable("--wait", server: Self.server([.init(pieces: [": hello\n\n"], ends: false)]))
        #expect(run.status == .notConverged)
        #expect(run.errors.contains("within 30.0 s the server did not say where"))
    }

    @Test("A stream that breaks is opened again")
    func broken() async {
        let server = Self.server([
            .init(pieces: Self.pieces(Samples.convergence(3))), .init(pieces: Self.pieces(Samples.convergence(12))),
        ])
        let run = await self.enable("--wait", server: server)
        #expect(run.status == .success)
        #expect(run.requests.count { $0.line == Self.stream } == 2)
    }

    @Test("A revision that another one replaces meanwhile did not arrive everywhere")
    func superseded() async {
        let pieces = Self.pieces(Samples.convergence(5, superseded: true))
        let run = await self.enable("--wait", server: Self.server([.init(pieces: pieces)]))
        #expect(run.status == .notConverged)
        #expect(run.errors.contains("; revision 8 has replaced it meanwhile"))
    }

    @Test("Without instances there is nobody to wait for")
    func nobody() async {
        let pieces = Self.pieces(Samples.convergence(0, of: 0))
        let run = await self.enable("--wait", server: Self.server([.init(pieces: pieces)]))
        #expect(run.status == .success)
        #expect(run.output.hasSuffix("revision 7 is in force; no instance is connected\n"))
    }

    @Test("What the server refuses to tell is a failure of its own")
    func refused() async {
        let server = StubServer([
            "GET /v1/environments/development": .init(Samples.environment("development")),
            "POST /v1/environments/development/changesets": .init(Samples.commit()),
            Self.stream: .problem("forbidden", 403, "not for this token"),
        ])
        let run = await self.enable("--wait", server: server)
        #expect(run.status == .error)
        #expect(run.errors.contains("not for this token"))
    }

    @Test("kill and rollback wait as well")
    func takingBack() async {
        let server = { Self.server([.init(pieces: Self.pieces(Samples.convergence(12)))]) }
        let kill = await Run("kill", "development", "X", "--wait", "--reason", "r", server: server())
        #expect(kill.output.hasSuffix("on 12 of 12 instances, last after 8.3 ms\n"))
        let rollback = await Run("rollback", "development", "--wait=40s", "--reason", "r", server: server())
        #expect(rollback.output.hasSuffix("on 12 of 12 instances, last after 8.3 ms\n"))
    }

    @Test("-o json prints one document, with the last report in it, arrived or not")
    func json() async throws {
        let good = await self.enable(
            "--wait", "-o", "json", server: Self.server([.init(pieces: Self.pieces(Samples.convergence(12)))]))
        let document = try JSONParser.parse(good.output)
        #expect(document["revision"] == 7)
        #expect(document["convergence"]?["acknowledged"] == 12)
        #expect(good.errors.isEmpty)
        let late = await self.enable(
            "--wait", "-o", "json",
            server: Self.server([.init(pieces: Self.pieces(Samples.convergence(11)), ends: false)]))
        #expect(late.status == .notConverged)
        #expect(try JSONParser.parse(late.output)["convergence"]?["converged"] == false)
        #expect(try JSONParser.parse(late.errors)["type"] == "not-converged")
    }

    @Test("A dry run has nothing to wait for, and a time has a form")
    func usage() async {
        let server = Self.server([])
        #expect(await self.enable("--wait", "--dry-run", server: server).status == .usage)
        #expect(await self.enable("--wait=soon", server: server).status == .usage)
        #expect(server.requests.isEmpty)
    }

    @Test("Without --wait nobody is asked")
    func notAsked() async {
        let run = await self.enable(server: Self.server([]))
        #expect(!run.requests.contains { $0.line.contains("convergence") })
    }
}
