import FlagAPI
import FlagModel
import Testing

@testable import flagctl

@Suite("A dry run and a question say who gets another answer")
struct PreviewTests {
    private static let changesets = "POST /v1/environments/development/changesets"

    private static func impact(_ changed: Int64 = 14_983, synthetic: Bool = true) -> ImpactReport {
        ImpactReport(
            synthetic: synthetic, requested: 100_000, sample: 100_000,
            flags: [.init(flag: "X", evaluated: 100_000, changed: changed, transitions: Self.ways(changed))])
    }

    private static func ways(_ count: Int64) -> [ImpactReport.Transition] {
        [.init(from: "off", to: "on", fromValue: false, toValue: true, count: count, share: 0.15)]
    }

    private static func server(protected: Bool = false, dryRun: Bool = true) -> StubServer {
        var preview = Samples.commit(dryRun: dryRun)
        preview.impact = Self.impact()
        return StubServer([
            "GET /v1/environments/development": [
                .init(Samples.environment("development", protected: protected))
            ],
            Self.changesets: [.init(preview), .init(Samples.commit())],
        ])
    }

    private func enable(
        _ extra: String..., server: StubServer = Self.server(), console: MemoryConsole = MemoryConsole()
    ) async -> Run {
        await Run(["enable", "development", "X", "--reason", "r"] + extra, server: server, console: console)
    }

    @Test("A dry run asks for 100,000 synthetic users and shows which way they go")
    func dryRun() async {
        let run = await self.enable("--dry-run")
        #expect(run.requests.last?.body?["preview"] == ["synthetic": 100_000])
        #expect(run.output.contains("\nX: 14,983 of 100,000 synthetic users change: off -> on\n"))
    }

    @Test("A change that is made at once does not wait for a preview")
    func notAsked() async {
        #expect(await self.enable().requests.last?.body?["preview"] == nil)
    }

    @Test("The question shows it, the change that follows does not ask again")
    func question() async {
        let console = MemoryConsole(input: "y\n", terminals: [.input])
        let run = await self.enable(server: Self.server(protected: true), console: console)
        let bodies = run.requests.compactMap(\.body)
        #expect(bodies.map { $0["preview"] } == [["synthetic": 100_000], nil])
        #expect(
            run.errors.contains("X: 14,983 of 100,000 synthetic users change: off -> on\ndevelopment is protected."))
        #expect(!run.output.contains("synthetic"))
    }

    @Test("-o json carries it, after a question as well")
    func json() async throws {
        let decoder = WireDecoder(unknownMembers: .refuse)
        let dry = await self.enable("--dry-run", "-o", "json")
        #expect(try decoder.decode(CommitResult.self, from: Array(dry.output.utf8)).impact == Self.impact())
        let console = MemoryConsole(input: "y\n", terminals: [.input])
        let asked = await self.enable("-o", "json", server: Self.server(protected: true), console: console)
        let result = try decoder.decode(CommitResult.self, from: Array(asked.output.utf8))
        #expect(result.impact == Self.impact())
        #expect(!result.dryRun)
    }

    @Test(
        "--sample gives the contexts: a JSON array, JSON lines or a YAML list",
        arguments: [
            #"[{"targetingKey": "ada"}, {"plan": "pro"}]"#, "{\"targetingKey\": \"ada\"}\n\n{\"plan\": \"pro\"}",
            "- targetingKey: ada\n- plan: pro",
        ])
    func sample(text: String) async {
        let run = await self.enable("--dry-run", "--sample", "-", console: MemoryConsole(input: text))
        #expect(
            run.requests.last?.body?["preview"] == ["contexts": [["targetingKey": "ada"], ["plan": "pro"]]])
    }

    @Test(
        "A sample that is none is refused before anything is sent",
        arguments: ["", "[]", "5", "[5]", "{\"a\": 1}\n{", "- a\n- b: [", "a: 1"])
    func badSample(text: String) async {
        let run = await self.enable("--sample", "-", console: MemoryConsole(input: text))
        #expect(run.status == .invalid)
        #expect(run.requests.isEmpty)
    }

    @Test("A sample that is too large for the server is told with what to do")
    func largeSample() async {
        let server = StubServer([
            "GET /v1/environments/development": .init(Samples.environment("development", protected: false)),
            "POST /v1/environments/development/changesets": .problem("body-too-large", 413, "at most 16 bytes"),
        ])
        let run = await self.enable("--sample", "-", server: server, console: MemoryConsole(input: "[{}]"))
        #expect(run.errors == "error: at most 16 bytes\nhint: send fewer contexts in the sample, or less in one file\n")
    }

    @Test("kill and rollback ask for it when they run dry, or when a sample is given")
    func takingBack() async {
        var result = Samples.commit(dryRun: true, kind: .rollback, restored: 5)
        result.impact = Self.impact(100_000)
        let server = { StubServer(["POST /v1/environments/development/rollback": .init(result)]) }
        let dry = await Run("rollback", "development", "--reason", "r", "--dry-run", server: server())
        #expect(dry.requests.last?.body?["preview"] == ["synthetic": 100_000])
        #expect(dry.output.contains("X: all of 100,000 synthetic users change: off -> on\n"))
        let real = await Run("rollback", "development", "--reason", "r", server: server())
        #expect(real.requests.last?.body?["preview"] == nil)
        let kill = StubServer(["POST /v1/environments/development/flags/X/kill": .init(result)])
        let given = await Run(
            "kill", "development", "X", "--reason", "r", "--sample", "-", server: kill,
            console: MemoryConsole(input: "[{}]"))
        #expect(given.requests.last?.body?["preview"] == ["contexts": [[:]]])
    }

    @Test("apply has its file or its sample on standard input, not both")
    func standardInput() async {
        let run = await Run("apply", "-f", "-", "--sample", "-", "--reason", "r")
        #expect(run.status == .usage)
    }

    @Test("The report tells of nobody, of one, of several ways, of values, and of a smaller sample")
    func texts() {
        func text(_ changed: Int64, _ ways: [ImpactReport.Transition], sample: Int64 = 12) -> String {
            ImpactReport(
                synthetic: false, requested: 12, sample: sample,
                flags: [.init(flag: "X", evaluated: sample, changed: changed, transitions: ways)]
            ).text(.plain)
        }
        #expect(text(0, []) == "X: none of 12 contexts changes\n")
        #expect(text(1, Self.ways(1)) == "X: 1 of 12 contexts changes: off -> on\n")
        let both = [
            ImpactReport.Transition(from: "a", to: nil, count: 3, share: 0.25),
            ImpactReport.Transition(from: nil, to: "b", count: 2, share: 0.16),
        ]
        #expect(
            text(5, both) == "X: 5 of 12 contexts change: 3 a -> (caller's default), 2 (caller's default) -> b\n")
        let value = ImpactReport.Transition(
            from: "default", to: "default", fromValue: 30, toValue: 45, count: 12, share: 1)
        #expect(text(12, [value]) == "X: all of 12 contexts change: 30 -> 45 (default)\n")
        #expect(text(0, [], sample: 3).hasSuffix("(3 of 12: evaluating more would have taken too long)\n"))
    }

    @Test("Only so many flags are listed")
    func many() {
        let flags = (0..<25).map { number in
            ImpactReport.Flag(
                flag: FlagKey(unchecked: "F\(number)"), evaluated: 20_000, changed: 0, transitions: [])
        }
        let text = ImpactReport(synthetic: true, requested: 100_000, sample: 20_000, flags: flags).text(.plain)
        #expect(text.split(separator: "\n").count == 22)
        #expect(text.contains("and 5 more flags: -o json shows them\n"))
        #expect(text.hasSuffix("(20,000 of 100,000: the sample is smaller where many flags are affected)\n"))
    }

    @Test("Numbers have commas", arguments: [(0, "0"), (999, "999"), (1000, "1,000"), (-1_234_567, "-1,234,567")])
    func grouped(number: Int64, text: String) {
        #expect(number.grouped == text)
    }
}
