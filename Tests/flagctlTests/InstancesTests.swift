import FlagAPI
import FlagModel
import Testing

@testable import flagctl

@Suite("instances shows who listens, and what each has")
struct InstancesTests {
    private static let path = "GET /v1/environments/development/instances"

    private static func list(_ instances: InstanceSummary...) -> StubServer.Answer {
        .init(InstanceList(environment: "development", revision: 7, digest: "d", instances: instances))
    }

    private static let first = Self.list(
        Samples.instance("pod-1"), Samples.instance("pod-2", .behind, revision: 5), Samples.instance("pod-3", .gone))
    private static let second = Self.list(Samples.instance("pod-2"), Samples.instance("pod-4"))

    @Test("A table, without those that are gone")
    func table() async {
        let run = await Run("instances", "development", server: StubServer([Self.path: Self.first]))
        #expect(
            run.output == """
                development, revision 7, 1 of 2 instances current
                INSTANCE  NAME     VERSION  REVISION  STATE    LAG  LAST SEEN             SOURCE
                pod-1     billing  1.4.0           7  current    0  2026-03-04 05:06:07Z  stream
                pod-2     billing  1.4.0           5  behind     2  2026-03-04 05:06:07Z  stream

                """)
    }

    @Test("--all shows those that are gone as well")
    func all() async {
        let run = await Run("instances", "development", "--all", server: StubServer([Self.path: Self.first]))
        #expect(run.output.contains("pod-3"))
        #expect(run.output.contains("stream, not connected"))
    }

    @Test("Nobody is nobody, and -o json the wire type")
    func formats() async throws {
        let server = { StubServer([Self.path: Self.list()]) }
        let nobody = await Run("instances", "development", server: server())
        #expect(nobody.output == "development, revision 7, no instances\n")
        let json = await Run("instances", "development", "-o", "json", server: server())
        #expect(
            try WireDecoder(unknownMembers: .refuse).decode(InstanceList.self, from: Array(json.output.utf8))
                .instances.isEmpty)
    }

    @Test("-w appends what changed where no terminal is, until it is interrupted")
    func appends() async {
        let server = StubServer([Self.path: [Self.first, Self.second]])
        let run = await Run("instances", "development", "-w", server: server)
        #expect(run.status == .success)
        #expect(
            run.output == """
                2026-03-04 05:06:07Z  pod-1 (billing) is current at revision 7
                2026-03-04 05:06:07Z  pod-2 (billing) is behind at revision 5
                2026-03-04 05:06:07Z  pod-2 (billing) is current at revision 7
                2026-03-04 05:06:07Z  pod-4 (billing) is current at revision 7
                2026-03-04 05:06:07Z  pod-1 is gone

                """)
    }

    @Test("-w starts over at the top of a terminal")
    func inPlace() async {
        let server = StubServer([Self.path: [Self.first, Self.second]])
        let run = await Run(
            "instances", "development", "-w", "--no-color", server: server,
            console: MemoryConsole(terminals: [.output]))
        let screens = run.output.split(separator: "\u{1B}[H\u{1B}[2J").map(String.init)
        #expect(screens.count >= 2)
        #expect(screens.first?.hasPrefix("development, revision 7, 1 of 2 instances current\n") == true)
        #expect(screens.dropFirst().first?.contains("pod-4") == true)
    }

    @Test("-w -o json prints a list a line, when it is another")
    func lines() async throws {
        let server = StubServer([Self.path: [Self.first, Self.second]])
        let run = await Run("instances", "development", "-w", "-o", "json", server: server)
        let lines = run.output.split(separator: "\n")
        #expect(lines.count == 2)
        #expect(try JSONParser.parse(String(lines[1]))["instances"]?.arrayValue?.count == 2)
    }
}
