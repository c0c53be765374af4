import FlagAPI
import FlagModel
import Foundation
import Testing

@testable import flagctl

@Suite("watch shows each revision as it lands: who, why, what, and on how many instances")
struct WatchTests {
    private static let path = "/v1/environments/development"
    private static let stream = "GET \(Self.path)/stream"
    private static let snapshot = Samples.event("snapshot", id: "5-aa", ["revision": 5] as JSONValue)

    private static func delta(_ from: Int64, _ to: Int64) -> String {
        Samples.event("delta", id: "\(to)-aa", ["from": .integer(from), "to": .integer(to)] as JSONValue)
    }

    private static func convergence(_ revision: Int64, _ acknowledged: Int64 = 12) -> ConvergenceReport {
        var report = Samples.convergence(acknowledged)
        report.revision = revision
        return report
    }

    private static func server(_ streams: [StubServer.Stream], newest: Int64 = 7) -> StubServer {
        var answers: [String: StubServer.Answer] = [
            "GET \(Self.path)/convergence?revision=5": .init(Self.convergence(5))
        ]
        var all = [Self.stream: streams]
        for revision in 6...newest {
            answers["GET \(Self.path)/revisions/\(revision)"] = .init(
                Samples.revision(revision, by: revision == 6 ? "ada" : "grace", "cohort \(revision)"))
            answers["GET \(Self.path)/diff?from=\(revision - 1)&to=\(revision)"] = .init(
                DifferenceResult(
                    environment: "development", from: revision - 1, to: revision, difference: Samples.difference()))
            all["GET \(Self.path)/convergence?revision=\(revision)"] = [
                .init(pieces: [Samples.event("convergence", Self.convergence(revision))])
            ]
        }
        return StubServer(answers, streams: all)
    }

    @Test("Each revision is shown with its difference and where it is in force")
    func shows() async {
        let pieces = [Self.snapshot, Self.delta(5, 6), Self.delta(6, 7)]
        let run = await Run("watch", "development", server: Self.server([.init(pieces: pieces, ends: false)]))
        #expect(run.status == .success)
        #expect(
            run.errors == "watching development: revision 5 is in force on 12 of 12 instances, last after 8.3 ms\n")
        #expect(
            run.output == """
                2026-03-04 05:06:07Z  revision 6 by ada: cohort 6
                ~ ENABLE_WEBSOCKET_TICKETS
                    rollout.percentage  0 -> 25
                revision 6 is in force on 12 of 12 instances, last after 8.3 ms
                2026-03-04 05:06:07Z  revision 7 by grace: cohort 7
                ~ ENABLE_WEBSOCKET_TICKETS
                    rollout.percentage  0 -> 25
                revision 7 is in force on 12 of 12 instances, last after 8.3 ms

                """)
    }

    @Test("A revision that the stream skipped is shown as well, from the history")
    func skipped() async {
        let run = await Run(
            "watch", "development",
            server: Self.server([.init(pieces: [Self.snapshot, Self.delta(5, 7)], ends: false)]))
        #expect(run.output.contains("revision 6 by ada"))
        #expect(run.output.contains("revision 7 by grace"))
        #expect(!run.output.contains("revision 6 is in force"))
    }

    @Test("A stream that ends is taken up where it ended")
    func resumes() async {
        let streams: [StubServer.Stream] = [
            .init(pieces: [Self.snapshot, Self.delta(5, 6)]), .init(pieces: [Self.delta(6, 7)], ends: false),
        ]
        let run = await Run("watch", "development", server: Self.server(streams))
        #expect(run.output.contains("revision 7 by grace"))
        #expect(run.requests.filter { $0.line == Self.stream }.map(\.place) == [nil, "6-aa"])
        #expect(run.output.components(separatedBy: "revision 6 by ada").count == 2)
    }

    @Test("-o json prints one object a line")
    func json() async throws {
        let pieces = [Self.snapshot, Self.delta(5, 6)]
        let run = await Run(
            "watch", "development", "-o", "json", server: Self.server([.init(pieces: pieces, ends: false)]))
        let line = try JSONParser.parse(run.output)
        #expect(line["revision"]?["author"] == "ada")
        #expect(line["difference"]?["entries"]?.arrayValue?.count == 1)
        #expect(line["convergence"]?["acknowledged"] == 12)
        #expect(run.errors.isEmpty)
    }

    @Test("An environment that is not there is told at once")
    func unknown() async {
        let server = StubServer([Self.stream: .problem("unknown-environment", 404, "there is none")])
        let run = await Run("watch", "development", server: server)
        #expect(run.status == .error)
        #expect(run.errors.contains("flagctl env list"))
    }

    @Test("A server that is not there is told at once; one that goes away is waited for")
    func unreachable() async {
        let never = await Run("watch", "development", server: StubServer(failing: .unreachable("nobody listens")))
        #expect(never.status == .error)
        let gone = await Run("watch", "development", server: Self.server([.init(pieces: [Self.snapshot])]))
        #expect(gone.status == .success)
        #expect(gone.errors.contains("trying again"))
    }
}
