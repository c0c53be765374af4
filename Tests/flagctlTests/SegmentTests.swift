import FlagAPI
import FlagModel
import Testing

@testable import flagctl

@Suite("Segments are listed, shown, set and deleted")
struct SegmentTests {
    private static let path = "/v1/environments/development/segments"
    private static let changesets = "POST /v1/environments/development/changesets"
    private static let rule: JSONValue = ["in": [["var": "email"], ["ada@example.com"]]]

    private static let testers = SegmentDetail(
        environment: "development", name: "beta-testers", revision: 6,
        definition: ["description": "Who tests", "rule": Self.rule],
        usedBy: EnvironmentContent.Users(flags: ["A", "B"], segments: ["staff"]))

    private static func server(_ answer: StubServer.Answer = .init(Self.testers)) -> StubServer {
        StubServer([
            "GET \(Self.path)": .init(
                SegmentList(environment: "development", revision: 6, segments: [Self.testers])),
            "GET \(Self.path)/beta-testers": answer,
            "GET /v1/environments/development": .init(Samples.environment("development")),
            Self.changesets: .init(Samples.commit()),
        ])
    }

    private static let unknown = StubServer.Answer.problem("unknown-segment", 404, "there is no such segment")

    private func set(
        _ extra: String..., server: StubServer = Self.server(), console: MemoryConsole = MemoryConsole()
    ) async -> Run {
        await Run(
            ["segment", "set", "development", "beta-testers", "--reason", "r"] + extra, server: server,
            console: console)
    }

    @Test("list shows how many rules name each")
    func list() async {
        let run = await Run("segment", "list", "development", server: Self.server())
        #expect(
            run.output == """
                SEGMENT       FLAGS  SEGMENTS  DESCRIPTION
                beta-testers      2         1  Who tests

                """)
    }

    @Test("show tells the rule and who uses it")
    func show() async {
        let run = await Run("segment", "show", "development", "beta-testers", server: Self.server())
        #expect(run.output.contains("used by      the flags A, B and the segment staff\n"))
        #expect(run.output.contains("ada@example.com"))
    }

    @Test("set with a rule keeps the description, and commits on the revision that it saw")
    func setRule() async {
        let run = await self.set("--rule", #"{"==": [1, 1]}"#)
        #expect(run.status == .success)
        #expect(
            run.requests.last?.body == [
                "baseRevision": 6, "reason": "r",
                "changes": [
                    [
                        "op": "putSegment", "segment": "beta-testers",
                        "definition": ["description": "Who tests", "rule": ["==": [1, 1]]],
                    ]
                ],
            ])
    }

    @Test("A new segment is made on the revision in force")
    func setNew() async {
        let run = await self.set("--rule", "true", "--description", "All", server: Self.server(Self.unknown))
        #expect(run.requests.last?.body?["baseRevision"] == 6)
        #expect(
            run.requests.last?.body?["changes"]?.arrayValue?.first?["definition"] == [
                "description": "All", "rule": true,
            ])
    }

    @Test("set reads a whole segment from YAML, and a rule from standard input")
    func setFile() async {
        let file = MemoryConsole(input: "description: Staff\nrule:\n  ends_with: [{ var: email }, '@example.com']\n")
        let whole = await self.set("-f", "-", console: file)
        let definition = whole.requests.last?.body?["changes"]?.arrayValue?.first?["definition"]
        #expect(definition?["description"] == "Staff")
        #expect(definition?["rule"] == ["ends_with": [["var": "email"], "@example.com"]])
        let rule = await self.set("--rule", "-", console: MemoryConsole(input: "{var: staff}"))
        #expect(
            rule.requests.last?.body?["changes"]?.arrayValue?.first?["definition"]?["rule"] == ["var": "staff"])
    }

    @Test("A rule that is none is refused before anything is changed")
    func badRule() async {
        let malformed = await self.set("--rule", "{")
        #expect(malformed.status == .usage)
        #expect(malformed.errors.contains("--rule @rule.json"))
        let invalid = await self.set("--rule", #"{"nope": 1}"#)
        #expect(invalid.status == .invalid)
        #expect(invalid.errors.contains("nope"))
        #expect(!invalid.requests.contains { $0.line == Self.changesets })
        #expect(await self.set().status == .usage)
        #expect(await self.set("--rule", "1", "-f", "x").status == .usage)
    }

    @Test("Deleting one in use ends with 3, and names each user")
    func inUse() async {
        let detail = "the segment beta-testers cannot be removed while it is used"
        let server = StubServer([
            "GET /v1/environments/development": .init(Samples.environment("development")),
            Self.changesets: .problem("in-use", 409, detail) { $0.users = Self.testers.usedBy },
        ])
        let run = await Run("segment", "delete", "development", "beta-testers", "--reason", "r", server: server)
        #expect(run.status == .invalid)
        #expect(
            run.errors == """
                error: \(detail)
                  used by the flag A
                  used by the flag B
                  used by the segment staff

                """)
        #expect(run.requests.last?.body?["changes"] == [["op": "removeSegment", "segment": "beta-testers"]])
    }

    @Test("An unknown one leads to the list")
    func unknown() async {
        let run = await Run("segment", "show", "development", "beta-testers", server: Self.server(Self.unknown))
        #expect(run.errors.contains("hint: flagctl segment list"))
    }

    @Test("Completions offer the segments of the environment before")
    func completions() async {
        let surroundings = Surroundings(
            environment: ["FLAGCTL_TOKEN": "t"], console: MemoryConsole(), transport: Self.server(),
            now: { Run.now })
        await Surroundings.$current.withValue(surroundings) {
            #expect(
                await Completions.segments(["flagctl", "segment", "show", "development", ""], 4) == ["beta-testers"])
        }
    }

    @Test("A difference says which entries are segments or the environment's own")
    func difference() {
        let before = EnvironmentContent(segments: ["a": Segment(rule: true)])
        let after = EnvironmentContent(
            segments: ["a": Segment(rule: false), "b": Segment(rule: true)], metadata: ["team": "auth"])
        #expect(
            ContentDifference(from: before, to: after).text(.plain) == """
                ~ segment a
                    rule  true -> false
                + segment b
                    rule  true
                ~ environment metadata
                    team  (none) -> "auth"

                """)
    }
}
