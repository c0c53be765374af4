import FlagAPI
import FlagModel
import Testing

@testable import flagctl

@Suite("export and import speak flagd's JSON")
struct InterchangeTests {
    private static let apply = "POST /v1/environments/development/apply"

    private static let document: JSONValue = [
        "environment": "development", "description": "",
        "flags": ["ENABLE_WEBSOCKET_TICKETS": Samples.tickets, "WEBSOCKET_TICKET_TTL": Samples.ttl],
        "segments": ["staff": ["description": "Us", "rule": ["==": [["var": "staff"], true]]]],
    ]

    private static func server(_ document: JSONValue = Self.document) -> StubServer {
        StubServer([
            "GET /v1/environments/development": .init(Samples.environment("development")),
            "GET /v1/environments/development/document": .init(document),
            Self.apply: .init(Samples.commit(kind: .apply)),
        ])
    }

    private func `import`(_ text: String, _ extra: String..., server: StubServer = Self.server()) async -> Run {
        await Run(
            ["import", "development", "-f", "-", "--reason", "r"] + extra, server: server,
            console: MemoryConsole(input: text))
    }

    @Test("export --format flagd writes flagd's document, rollouts as fractional")
    func export() async throws {
        let run = await Run("export", "development", "--format", "flagd", server: Self.server())
        #expect(run.status == .success)
        let json = try JSONParser.parse(run.output)
        #expect(json["$schema"]?.stringValue == FlagdDocument.schema)
        #expect(json["flags"]?["ENABLE_WEBSOCKET_TICKETS"]?["targeting"]?.canonical.contains("fractional") == true)
        #expect(json["$evaluators"]?["staff"] != nil)
        #expect(run.errors.isEmpty)
    }

    @Test("What export writes, import takes back, with what flagd has no room for")
    func roundTrip() async throws {
        let exported = await Run("export", "development", "--format", "flagd", server: Self.server())
        let run = await self.import(exported.output, "--format", "flagd")
        #expect(run.status == .success)
        let body = try #require(run.requests.last?.body)
        #expect(body["baseRevision"] == 6)
        #expect(body["document"]?["protected"] == nil)
        let sent = try EnvironmentDocument(json: try #require(body["document"]))
        let before = try EnvironmentDocument(json: Self.document)
        #expect(sent.flags == before.flags)
        #expect(sent.segments == before.segments)
    }

    @Test("What flagd has no room for is kept only where it fits")
    func keeps() async throws {
        let text = """
            {"flags": {"WEBSOCKET_TICKET_TTL": {"state": "ENABLED", "variants": {"default": 99999}, \
            "defaultVariant": "default"}, "ENABLE_WEBSOCKET_TICKETS": {"state": "ENABLED", "variants": {"on": true}, \
            "defaultVariant": "on"}}}
            """
        let run = await self.import(text)
        let flags = try #require(run.requests.last?.body?["document"]?["flags"])
        #expect(flags["WEBSOCKET_TICKET_TTL"]?["constraints"] == nil)
        #expect(flags["ENABLE_WEBSOCKET_TICKETS"]?["owner"] == "platform-auth")
        #expect(flags["ENABLE_WEBSOCKET_TICKETS"]?["safeVariant"] != "off")
    }

    @Test("--prune and a dry run with its preview are those of apply")
    func terms() async {
        let run = await self.import(#"{"flags": {}}"#, "--prune", "--dry-run")
        #expect(run.requests.last?.body?["prune"] == true)
        #expect(run.requests.last?.body?["dryRun"] == true)
        #expect(run.requests.last?.body?["preview"] == ["synthetic": 100_000])
    }

    @Test("A file that is none is refused with every fault, and nothing is sent")
    func invalid() async {
        let run = await self.import(#"{"flags": {"X": {"variants": {"on": true}}}}"#)
        #expect(run.status == .invalid)
        #expect(run.errors.contains("flags.X"))
        #expect(!run.requests.contains { $0.line == Self.apply })
    }

    @Test("Another form than flagd's is a wrong command line")
    func format() async {
        #expect(await self.import("{}", "--format", "xml").status == .usage)
    }
}
