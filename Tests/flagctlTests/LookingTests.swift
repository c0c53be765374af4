import FlagAPI
import FlagModel
import Testing

@testable import flagctl

@Suite("Commands that look print tables for people and wire types for programs")
struct LookingTests {
    private let flags = StubServer([
        "GET /v1/environments/development/flags": .init(
            FlagList(
                environment: "development", revision: 6, digest: "d1",
                flags: ["WEBSOCKET_TICKET_TTL": Samples.ttl, "ENABLE_WEBSOCKET_TICKETS": Samples.tickets]))
    ])

    @Test("env list")
    func environments() async {
        let list = EnvironmentList(environments: [
            Samples.environment("development").summary, Samples.environment("production", protected: true).summary,
        ])
        let run = await Run("env", "list", server: StubServer(["GET /v1/environments": .init(list)]))
        #expect(run.status == .success)
        #expect(
            run.output == """
                ENVIRONMENT  REVISION  FLAGS  PROTECTED  DESCRIPTION
                development         6      2  no         Where it happens
                production          6      2  yes        Where it happens

                """)
        #expect(run.errors.isEmpty)
    }

    @Test("list")
    func list() async {
        let run = await Run("list", "development", server: self.flags)
        #expect(
            run.output == """
                FLAG                      TYPE     STATE    SERVES        ROLLOUT     TARGETING  OWNER
                ENABLE_WEBSOCKET_TICKETS  boolean  enabled  off = false   on to 25 %             platform-auth
                WEBSOCKET_TICKET_TTL      integer  enabled  default = 30

                """)
    }

    @Test("list tells what keeps a flag from serving everyone the same")
    func conditions() {
        var definition = Samples.ttl.objectValue ?? [:]
        definition["prerequisites"] = [["flag": "A", "variant": "on"]]
        #expect(FlagView(key: "T", definition: .object(definition)).row[5] == "requires A")
        definition["prerequisites"] = [["flag": "A", "variant": "on"], ["flag": "B", "variant": "on"]]
        definition["targeting"] = ["var": "x"]
        #expect(FlagView(key: "T", definition: .object(definition)).row[5] == "yes, requires 2 flags")
    }

    @Test("-o json and -o yaml print the wire type, whole")
    func formats() async throws {
        let json = await Run("list", "development", "-o", "json", server: self.flags)
        let list = try WireDecoder(unknownMembers: .refuse).decode(FlagList.self, from: Array(json.output.utf8))
        #expect(list.flags["WEBSOCKET_TICKET_TTL"] == Samples.ttl)
        let yaml = await Run("list", "development", "-o", "yaml", server: self.flags)
        #expect(try YAMLDocument.parse(yaml.output) == JSONParser.parse(json.output))
    }

    @Test("A killed flag shows its safe variant, a disabled one that it serves nothing")
    func states() {
        var definition = Samples.tickets.objectValue ?? [:]
        definition["killed"] = true
        definition["defaultVariant"] = "on"
        let killed = FlagView(key: "T", definition: .object(definition))
        #expect(killed.state == "killed")
        #expect(killed.serves == "off = false")
        definition["state"] = "DISABLED"
        let disabled = FlagView(key: "T", definition: .object(definition))
        #expect(disabled.state == "disabled")
        #expect(disabled.serves == "(nothing)")
    }

    @Test("describe shows the definition, the last change and who made it")
    func describe() async {
        let server = StubServer([
            "GET /v1/environments/development/flags/ENABLE_WEBSOCKET_TICKETS": .init(
                Samples.detail("ENABLE_WEBSOCKET_TICKETS", Samples.tickets))
        ])
        let run = await Run("describe", "development", "ENABLE_WEBSOCKET_TICKETS", server: server)
        #expect(
            run.output == """
                flag          ENABLE_WEBSOCKET_TICKETS
                environment   development, revision 6
                description   Authenticate browser WebSockets with single-use tickets
                owner         platform-auth
                type          boolean
                state         enabled
                serves        off = false
                variants      off = false
                              on = true
                safe variant  off
                rollout       on to 25 %, by targetingKey, seed ENABLE_WEBSOCKET_TICKETS
                last change   revision 6 at 2026-03-04 05:06:07Z by ada: first cohort

                """)
    }

    @Test("history shows who, when and why, and how to see more")
    func history() async {
        var rollback = Samples.revision(7, by: "grace", "too many failures")
        rollback.kind = .rollback
        rollback.restoredRevision = 5
        var segment = Samples.revision(6)
        segment.flags = []
        segment.segments = ["staff"]
        let list = RevisionList(environment: "development", revisions: [rollback, segment], nextBefore: 6)
        let server = StubServer(["GET /v1/environments/development/revisions?limit=2": .init(list)])
        let run = await Run("history", "development", "-n", "2", server: server)
        #expect(
            run.output == """
                REVISION  AT                    BY     KIND           FLAGS                     REASON
                       7  2026-03-04 05:06:07Z  grace  rollback to 5  ENABLE_WEBSOCKET_TICKETS  too many failures
                       6  2026-03-04 05:06:07Z  ada    commit         segment staff             first cohort
                older ones: flagctl history development --before 6

                """)
    }

    @Test("diff shows each member that changed")
    func difference() async {
        let result = DifferenceResult(environment: "development", from: 5, to: 7, difference: Samples.difference())
        let server = StubServer(["GET /v1/environments/development/diff?from=5&to=7": .init(result)])
        let run = await Run("diff", "development", "--from", "5", "--to", "7", server: server)
        #expect(
            run.output == """
                development, revision 5 -> 7
                ~ ENABLE_WEBSOCKET_TICKETS
                    rollout.percentage  0 -> 25

                """)
    }

    @Test("A new flag that leaves the value to its callers says so after the way over the wire")
    func nullMember() throws {
        var flag = Samples.ttl.objectValue ?? [:]
        flag["defaultVariant"] = .null
        let sent = ContentDifference(
            from: EnvironmentContent(), to: try EnvironmentContent(json: ["flags": ["NEW": .object(flag)]]))
        let received = try WireDecoder(unknownMembers: .refuse)
            .decode(ContentDifference.self, from: try WireEncoder.encode(sent))
        #expect(received.text(.plain).contains("    defaultVariant       null\n"))
    }

    @Test("A difference shows added and removed flags, and absent members")
    func differenceKinds() throws {
        let before = try EnvironmentContent(json: ["flags": ["OLD": Samples.ttl, "B": Samples.binding]])
        var binding = Samples.binding.objectValue ?? [:]
        binding["owner"] = "auth"
        let after = try EnvironmentContent(
            json: [
                "flags": ["NEW": Samples.ttl, "B": .object(binding)], "ticketsNotBefore": "2026-03-04T05:06:07Z",
            ])
        #expect(
            ContentDifference(from: before, to: after).text(.plain) == """
                ~ B
                    owner  (none) -> "auth"
                + NEW
                    constraints.maximum  3600
                    constraints.minimum  1
                    defaultVariant       "default"
                    type                 "integer"
                    variants.default     30
                - OLD
                ~ environment ticketsNotBefore
                    (none) -> "2026-03-04T05:06:07.000Z"

                """)
    }

    private static let evaluation = EvaluateResult(
        environment: "development", revision: 6, key: "ENABLE_WEBSOCKET_TICKETS", value: true, variant: "on",
        reason: .split, bucket: 17_203,
        steps: [
            EvaluationStep(part: "state", finding: "ENABLED"),
            EvaluationStep(part: "prerequisite", finding: "CHAT answers \"on\", as required"),
            EvaluationStep(
                part: "rollout", finding: "\"on\" to 25 %: bucket 17203 of 100000 is below 25000, so in"),
        ])

    private func evaluate(_ extra: String..., console: MemoryConsole = MemoryConsole()) async -> Run {
        let server = StubServer([
            "POST /v1/environments/development/flags/ENABLE_WEBSOCKET_TICKETS/evaluate": .init(Self.evaluation)
        ])
        return await Run(
            ["eval", "development", "ENABLE_WEBSOCKET_TICKETS"] + extra, server: server, console: console)
    }

    @Test("eval says what the answer is and, in a word, why")
    func evaluation() async {
        #expect(
            await self.evaluate().output == """
                flag     ENABLE_WEBSOCKET_TICKETS in development, revision 6
                value    true
                variant  on
                reason   SPLIT

                """)
    }

    @Test("eval --explain shows the path, prerequisites included, and the bucket")
    func explanation() async {
        #expect(
            await self.evaluate("--explain").output == """
                flag     ENABLE_WEBSOCKET_TICKETS in development, revision 6
                value    true
                variant  on
                reason   SPLIT
                bucket   17203 of 100000
                path     state         ENABLED
                         prerequisite  CHAT answers "on", as required
                         rollout       "on" to 25 %: bucket 17203 of 100000 is below 25000, so in

                """)
    }

    @Test("eval -o json is whole, explained or not")
    func evaluationJSON() async throws {
        let run = await self.evaluate("-o", "json")
        let result = try WireDecoder(unknownMembers: .refuse).decode(EvaluateResult.self, from: Array(run.output.utf8))
        #expect(result == Self.evaluation)
    }

    @Test("eval puts the context together: the file's attributes, then the command line's, then the targeting key")
    func evaluationContextParts() async {
        let run = await self.evaluate(
            "--context", "plan=pro", "--context", "age=30", "--context-file", "-", "--targeting-key", "user-1",
            console: MemoryConsole(input: "plan: free\nbeta: on\n"))
        #expect(
            run.requests.first?.body?["context"] == [
                "plan": "pro", "age": 30, "beta": "on", "targetingKey": "user-1",
            ])
    }

    @Test("A targeting key of digits is a text, as every targeting key is")
    func evaluationKey() async {
        let run = await self.evaluate("--context", "targetingKey=42")
        #expect(run.requests.first?.body?["context"] == ["targetingKey": "42"])
    }

    @Test("eval says that its --context is not the configuration's")
    func evaluateContext() async {
        let run = await Run("eval", "development", "X", "--context", "production")
        #expect(run.status == .usage)
        #expect(run.errors.contains("--use-context"))
    }

    @Test("version touches neither the server nor the configuration")
    func version() async {
        let run = await Run("version", environment: ["FLAGCTL_CONTEXT": "missing", "FLAGCTL_SERVER": "nonsense"])
        #expect(run.status == .success)
        #expect(run.output == "flagctl \(Version.current)\n")
        #expect(run.requests.isEmpty)
    }

    @Test("version --server asks the server")
    func serverVersion() async {
        let server = StubServer(["GET /v1/status": .init(DoctorTests.status)])
        let run = await Run("version", "--server", server: server)
        #expect(run.output.hasSuffix("FlagServer 0.1.0 at http://127.0.0.1:8080, SQLite 3.40.1\n"))
    }

    @Test("Completions offer environments and the flags of the one before")
    func completions() async {
        let server = StubServer([
            "GET /v1/environments": StubServer.Answer(
                EnvironmentList(environments: [Samples.environment("development").summary])),
            "GET /v1/environments/development/flags": StubServer.Answer(
                FlagList(environment: "development", revision: 6, digest: "d", flags: ["B": 1, "A": 2])),
        ])
        let surroundings = Surroundings(
            environment: ["FLAGCTL_TOKEN": "t"], console: MemoryConsole(), transport: server, now: { Run.now })
        await Surroundings.$current.withValue(surroundings) {
            #expect(await Completions.environments() == ["development"])
            #expect(await Completions.flags(["flagctl", "get", "development", ""], 3) == ["A", "B"])
            #expect(await Completions.flags(["flagctl", "get", "staging", ""], 3).isEmpty)
        }
    }

    @Test("Completion scripts are made for each shell", arguments: ["bash", "zsh", "fish"])
    func scripts(shell: String) async {
        let run = await Run("--generate-completion-script", shell)
        #expect(run.status == .success)
        #expect(run.output.contains("rollback"))
    }
}
