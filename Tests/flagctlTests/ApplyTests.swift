import FlagAPI
import FlagModel
import TestSupport
import Testing

@testable import flagctl

@Suite("apply takes what export writes, and names the place of every fault")
struct ApplyTests {
    private static let document = """
        environment: development
        description: Where changes are tried
        flags:
          ENABLE_WEBSOCKET_TICKETS:
            type: boolean
            variants: { on: true, off: false }
            defaultVariant: off
            rollout: { variant: on, percentage: 12.5 }
          WEBSOCKET_TICKET_TTL:
            type: integer
            constraints: { minimum: 1, maximum: 3600 }
            variants: { default: 30 }
            defaultVariant: default
        """

    private static let server = [
        "GET /v1/environments/development": StubServer.Answer(Samples.environment("development")),
        "POST /v1/environments/development/apply": StubServer.Answer(Samples.commit(kind: .apply)),
    ]

    private func apply(
        _ text: String, _ extra: [String] = [], _ answers: [String: StubServer.Answer] = Self.server
    ) async -> Run {
        await Run(
            ["apply", "-f", "-", "--reason", "r"] + extra, server: StubServer(answers),
            console: MemoryConsole(input: text))
    }

    @Test("A document is sent on the revision in force, its unquoted on and off read as names")
    func apply() async throws {
        let run = await self.apply(Self.document)
        #expect(run.status == .success)
        let body = try #require(run.requests.last?.body)
        #expect(body["baseRevision"] == 6)
        #expect(body["prune"] == nil)
        let flag = try #require(body["document"]?["flags"]?["ENABLE_WEBSOCKET_TICKETS"])
        #expect(flag["defaultVariant"] == "off")
        #expect(flag["variants"] == ["on": true, "off": false])
    }

    @Test("JSON is taken as well")
    func json() async throws {
        let text = try YAMLDocument.parse(Self.document).canonical
        #expect(await self.apply(text, ["--prune"]).requests.last?.body?["prune"] == true)
    }

    @Test("A document of a new environment is sent without a base")
    func newEnvironment() async {
        var answers = Self.server
        answers["GET /v1/environments/development"] = .problem("unknown-environment", 404, "there is none")
        let run = await self.apply(Self.document, [], answers)
        #expect(run.status == .success)
        #expect(run.requests.last?.body?["baseRevision"] == nil)
    }

    @Test("A new environment whose name is near another's needs --create")
    func misspelt() async {
        var answers = Self.server
        answers["GET /v1/environments/development"] = .problem("unknown-environment", 404, "there is none") {
            $0.suggestion = "developement"
        }
        let refused = await self.apply(Self.document, [], answers)
        #expect(refused.status == .invalid)
        #expect(refused.errors.contains("did you mean developement?"))
        #expect(refused.errors.contains("add --create to make a new environment"))
        #expect(refused.requests.map(\.line) == ["GET /v1/environments/development"])
        #expect(await self.apply(Self.document, ["--create"], answers).status == .success)
    }

    @Test("Settings that change are shown member by member, long rules in short")
    func settings() async {
        let rule = JSONValue.object(["rule": .string(String(repeating: "long ", count: 20))])
        var result = Samples.commit(changed: false, kind: .apply)
        result.difference = Samples.difference(from: 25)
        result.settingsChanged = true
        result.settingsDifference = [
            .init(path: "invariants.reachable", before: rule, after: nil),
            .init(path: "protected", before: true, after: false),
        ]
        var answers = Self.server
        answers["POST /v1/environments/development/apply"] = .init(result)
        let run = await self.apply(Self.document, [], answers)
        #expect(
            run.output == """
                ~ (settings)
                    invariants.reachable  {…} -> (none)
                    protected             true -> false
                settings changed; revision 7 stays in force in development

                """)
    }

    @Test("A new environment is said to be created", arguments: [false, true])
    func created(isDryRun: Bool) async {
        var answers = Self.server
        answers["GET /v1/environments/development"] = .problem("unknown-environment", 404, "there is none")
        var result = Samples.commit(0, changed: false, dryRun: isDryRun, kind: .apply)
        result.settingsChanged = true
        result.created = true
        answers["POST /v1/environments/development/apply"] = .init(result)
        let run = await self.apply(Self.document, isDryRun ? ["--dry-run"] : [], answers)
        #expect(run.output.contains(isDryRun ? "creates the environment dev" : "created the environment dev"))
        #expect(!run.output.contains("revision 0"))
    }

    @Test("What is exported and applied again is the same document")
    func identity() async throws {
        let original = try EnvironmentDocument(json: YAMLDocument.parse(Self.document))
        let server = StubServer(["GET /v1/environments/development/document": .init(original.json)])
        let exported = await Run("export", "development", server: server)
        let applied = await self.apply(exported.output)
        let sent = try #require(applied.requests.last?.body?["document"])
        #expect(try EnvironmentDocument(json: sent) == original)
        #expect(sent == original.json)
    }

    @Test("A syntax error names the line, and nothing is sent")
    func syntax() async {
        let run = await self.apply("environment: development\nflags: [\n")
        #expect(run.status == .invalid)
        #expect(run.errors.hasPrefix("error: standard input: line 3, column 1: "))
        #expect(run.requests.isEmpty)
    }

    @Test("Every invalid member is named by its path, and nothing is sent")
    func invalid() async {
        let run = await self.apply(
            """
            environment: development
            flags:
              A: { type: boolean, variants: { on: yes }, defaultVariant: on }
              B: { type: integer, variants: { a: 5 }, defaultVariant: b, constraint: {} }
            """)
        #expect(run.status == .invalid)
        #expect(run.errors.hasPrefix("error: standard input is not valid\n"))
        #expect(run.errors.contains("  flags.A.variants.on: expected a boolean, found a string"))
        #expect(run.errors.contains("  flags.B.constraint: unknown member; did you mean \"constraints\"?"))
        #expect(run.errors.contains("  flags.B.defaultVariant: there is no variant \"b\""))
        #expect(run.requests.isEmpty)
    }

    @Test("A file that is not there is named")
    func missing() async {
        let run = await Run("apply", "-f", "/nonexistent/x.yaml", "--reason", "r")
        #expect(run.status == .error)
        #expect(run.errors == "error: cannot read /nonexistent/x.yaml: No such file or directory\n")
    }

    @Test("A fault in the second file keeps the first from being applied")
    func allOrNothing() async throws {
        try await TemporaryDirectory.with { folder in
            try FileAccess.replacePrivately("\(folder)/good.yaml", with: Array(Self.document.utf8))
            try FileAccess.replacePrivately("\(folder)/bad.json", with: Array("{\"environment\": \"x\",}".utf8))
            let run = await Run(
                "apply", "-f", "\(folder)/good.yaml", "\(folder)/bad.json", "--reason", "r",
                server: StubServer(Self.server))
            #expect(run.status == .invalid)
            #expect(run.errors.contains("bad.json: line 1, column 21: expected a key in double quotes"))
            #expect(run.requests.isEmpty)
        }
    }
}
