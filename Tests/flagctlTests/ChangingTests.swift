import FlagAPI
import FlagModel
import Testing

@testable import flagctl

@Suite("Changes are made on the revision that was seen, with a reason, and report what is in force")
struct ChangingTests {
    private static let environment = "GET /v1/environments/development"
    private static let changesets = "POST /v1/environments/development/changesets"

    private static func server(
        protected: Bool = false, _ commits: [StubServer.Answer] = [.init(Samples.commit())]
    ) -> StubServer {
        StubServer([
            Self.environment: [.init(Samples.environment("development", protected: protected))],
            Self.changesets: commits,
            "GET /v1/environments/development/revisions?limit=2": [
                .init(
                    RevisionList(
                        environment: "development",
                        revisions: [
                            Samples.revision(8, by: "grace", "second cohort"), Samples.revision(7, by: "ada"),
                        ]))
            ],
        ])
    }

    private static let conflict = StubServer.Answer.problem(
        "conflict", 409, "revision 8 is in force in development, not 6"
    ) {
        $0.currentRevision = 8
        $0.difference = Samples.difference(from: 0, to: 50)
    }

    /// The output with the time taken, which differs from run to run, put aside.
    private func untimed(_ text: String) -> String { text.replacing(/after \d+ ms/, with: "after N ms") }

    private func rollout(
        _ extra: String..., server: StubServer, console: MemoryConsole = MemoryConsole()
    ) async -> Run {
        await Run(
            ["rollout", "set", "development", "ENABLE_WEBSOCKET_TICKETS", "25%"] + extra, server: server,
            console: console)
    }

    @Test("rollout set commits on the revision in force and says what is in force then")
    func rolloutSet() async {
        let run = await self.rollout("--reason", "first cohort", server: Self.server())
        #expect(run.status == .success)
        #expect(
            self.untimed(run.output) == """
                ~ ENABLE_WEBSOCKET_TICKETS
                    rollout.percentage  0 -> 25
                revision 7 is in force in development after N ms

                """)
        #expect(
            run.requests.last?.body == [
                "baseRevision": 6, "reason": "first cohort",
                "changes": [["op": "rollout", "flag": "ENABLE_WEBSOCKET_TICKETS", "percentage": 25]],
            ])
    }

    @Test("--base and --dry-run are handed on, and a dry run says that it is one")
    func dryRun() async {
        let server = Self.server([.init(Samples.commit(dryRun: true))])
        let run = await self.rollout("--reason", "r", "--base", "3", "--dry-run", server: server)
        #expect(run.requests.last?.body?["baseRevision"] == 3)
        #expect(run.requests.last?.body?["dryRun"] == true)
        #expect(run.output.hasSuffix("dry run: would be revision 7 in development\n"))
    }

    @Test("When nothing changes it says so")
    func unchanged() async {
        let run = await self.rollout("--reason", "r", server: Self.server([.init(Samples.commit(6, changed: false))]))
        #expect(run.output == "nothing to change: revision 6 stays in force in development\n")
    }

    @Test("A conflict ends with 4 and shows the difference, who made it, and the way on")
    func conflict() async {
        let run = await self.rollout("--reason", "r", server: Self.server([Self.conflict]))
        #expect(run.status == .conflict)
        #expect(
            run.errors == """
                error: revision 8 is in force in development, not 6
                changed meanwhile:
                ~ ENABLE_WEBSOCKET_TICKETS
                    rollout.percentage  0 -> 50
                revision 8 by grace at 2026-03-04 05:06:07Z: second cohort
                revision 7 by ada at 2026-03-04 05:06:07Z: first cohort
                hint: look at the difference; --rebase applies your change to the revision in force

                """)
    }

    @Test("--rebase applies the change to the revision that came in between")
    func rebase() async {
        let server = Self.server([Self.conflict, .init(Samples.commit(9))])
        let run = await self.rollout("--reason", "r", "--rebase", server: server)
        #expect(run.status == .success)
        #expect(run.requests.last?.body?["baseRevision"] == 8)
        #expect(run.output.contains("revision 9 is in force"))
        #expect(run.errors == "revision 8 is in force by now: applying the change to it\n")
    }

    @Test("--rebase gives up when the same revision conflicts again")
    func rebaseEnds() async {
        let run = await self.rollout("--reason", "r", "--rebase", server: Self.server([Self.conflict]))
        #expect(run.status == .conflict)
        #expect(run.requests.count { $0.line == Self.changesets } == 2)
    }

    @Test("Without a reason nothing is sent; on a terminal it is asked for")
    func reason() async {
        let silent = await self.rollout(server: Self.server())
        #expect(silent.status == .usage)
        #expect(silent.errors.contains("add --reason"))
        #expect(silent.requests.isEmpty)

        let console = MemoryConsole(input: "asked for\n", terminals: [.input])
        let asked = await self.rollout(server: Self.server(), console: console)
        #expect(asked.status == .success)
        #expect(asked.requests.last?.body?["reason"] == "asked for")
        #expect(asked.errors.hasPrefix("reason: "))
    }

    @Test(
        "A blank reason is none, and a very long one is refused", arguments: ["  ", String(repeating: "x", count: 501)])
    func badReason(reason: String) async {
        let run = await self.rollout("--reason", reason, server: Self.server())
        #expect(run.status == .usage)
        #expect(run.requests.isEmpty)
    }

    @Test("In a protected environment a person sees the change first and may say no")
    func confirmationRefused() async {
        let console = MemoryConsole(input: "n\n", terminals: [.input])
        let server = Self.server(protected: true, [.init(Samples.commit(dryRun: true))])
        let run = await self.rollout("--reason", "r", server: server, console: console)
        #expect(run.status == .error)
        #expect(run.errors.contains("rollout.percentage  0 -> 25\ndevelopment is protected. Make this change? [y/N]"))
        #expect(run.errors.hasSuffix("error: nothing was changed\n"))
        #expect(run.requests.allSatisfy { $0.body == nil || $0.body?["dryRun"] == true })
    }

    @Test("After yes the change that was shown is made")
    func confirmationGiven() async {
        let console = MemoryConsole(input: "y\n", terminals: [.input])
        let server = Self.server(protected: true, [.init(Samples.commit(dryRun: true)), .init(Samples.commit())])
        let run = await self.rollout("--reason", "r", server: server, console: console)
        #expect(run.status == .success)
        #expect(self.untimed(run.output) == "revision 7 is in force in development after N ms\n")
        #expect(run.requests.last?.body?["dryRun"] == nil)
    }

    @Test("Nothing is asked with --yes, in a pipe, or where nothing is protected")
    func noQuestion() async {
        let terminal = { MemoryConsole(terminals: [.input]) }
        let yes = await self.rollout(
            "--reason", "r", "--yes", server: Self.server(protected: true), console: terminal())
        let pipe = await self.rollout("--reason", "r", server: Self.server(protected: true))
        let open = await self.rollout("--reason", "r", server: Self.server(), console: terminal())
        for run in [yes, pipe, open] {
            #expect(run.status == .success)
            #expect(run.requests.count { $0.line == Self.changesets } == 1)
            #expect(!run.errors.contains("[y/N]"))
        }
    }

    @Test("enable and disable are steps of their own", arguments: ["enable", "disable"])
    func toggles(verb: String) async {
        let run = await Run(verb, "development", "X", "--reason", "r", server: Self.server())
        #expect(run.requests.last?.body?["changes"] == [["op": .string(verb), "flag": "X"]])
    }

    @Test("set reads the flag, and commits on the revision at which it read it")
    func set() async {
        let server = StubServer([
            "GET /v1/environments/development/flags/WEBSOCKET_TICKET_TTL": .init(
                Samples.detail("WEBSOCKET_TICKET_TTL", Samples.ttl)),
            Self.changesets: .init(Samples.commit()),
        ])
        let run = await Run("set", "development", "WEBSOCKET_TICKET_TTL", "45", "--reason", "r", server: server)
        #expect(run.status == .success)
        #expect(
            run.requests.last?.body == [
                "baseRevision": 6, "reason": "r",
                "changes": [["op": "set", "flag": "WEBSOCKET_TICKET_TTL", "value": 45]],
            ])
    }

    @Test("set warns when the flag is killed, as nobody gets what was set")
    func setKilled() async {
        var definition = Samples.tickets.objectValue ?? [:]
        definition["killed"] = true
        let server = StubServer([
            "GET /v1/environments/development/flags/T": .init(Samples.detail("T", .object(definition))),
            Self.changesets: .init(Samples.commit()),
        ])
        let run = await Run("set", "development", "T", "on", "--reason", "r", server: server)
        #expect(run.errors == "warning: T is killed, so nobody gets it yet: flagctl enable development T\n")
    }

    @Test("kill asks nothing and reads nothing first, even in a terminal")
    func kill() async {
        let server = StubServer([
            "POST /v1/environments/production/flags/X/kill": .init(
                Samples.commit(8, kind: .kill, environment: "production"))
        ])
        let run = await Run(
            "kill", "production", "X", "--reason", "r", server: server, console: MemoryConsole(terminals: [.input]))
        #expect(run.status == .success)
        #expect(run.requests.map(\.line) == ["POST /v1/environments/production/flags/X/kill"])
    }

    @Test("rollback says which revision is in force and whose content it has")
    func rollback() async {
        let server = StubServer([
            "POST /v1/environments/development/rollback": .init(Samples.commit(7, kind: .rollback, restored: 5))
        ])
        let run = await Run(
            "rollback", "development", "--to", "5", "--revoke-tickets", "--reason", "r", server: server)
        #expect(
            self.untimed(run.output).hasSuffix(
                "\nrevision 7 is in force in development (content of revision 5) after N ms\n"))
        #expect(run.requests.first?.body == ["to": 5, "reason": "r", "revokeTickets": true])
        #expect(run.requests.count == 1)
    }

    @Test("rollback says whether the flags answer as they did")
    func rollbackCheck() async {
        func run(_ differing: [FlagKey]) async -> Run {
            var result = Samples.commit(7, kind: .rollback, restored: 5)
            result.verification = RollbackCheck(sample: 1000, flags: ["X"], differing: differing)
            let server = StubServer(["POST /v1/environments/development/rollback": .init(result)])
            return await Run("rollback", "development", "--reason", "r", server: server)
        }
        #expect(await run([]).output.hasSuffix("\nchecked: X answers as at that revision for 1,000 users\n"))
        #expect(await run(["X"]).output.hasSuffix("\nchecked: not as at that revision answer X\n"))
    }

    @Test("-o json prints the commit's wire type")
    func json() async throws {
        let run = await self.rollout("--reason", "r", "-o", "json", server: Self.server())
        let result = try WireDecoder(unknownMembers: .refuse).decode(CommitResult.self, from: Array(run.output.utf8))
        #expect(result == Samples.commit())
    }
}
