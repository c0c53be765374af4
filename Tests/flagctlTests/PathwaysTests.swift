import FlagAPI
import FlagModel
import Testing

@testable import flagctl

@Suite("pathways shows how users get in")
struct PathwaysTests {
    private static let path = "GET /v1/environments/production/pathways"
    private static let list = PathwayList(
        environment: "production", revision: 7, windowSeconds: 604_800,
        pathways: [
            PathwaySummary(
                pathway: "ticket", flag: "ENABLE_WEBSOCKET_TICKETS", reach: .some, percentage: 12.5,
                attempts: 1_234_567, grants: 1_200_000, refusals: 34_567, lastAttempt: Run.now, lastGrant: Run.now,
                watchedSince: Run.now),
            PathwaySummary(
                pathway: "cookie", flag: "ENABLE_WEBSOCKET_COOKIE", reach: .everyone, percentage: nil, attempts: 0,
                grants: 0, refusals: 0, lastAttempt: nil, lastGrant: nil, watchedSince: nil),
        ])

    /// Answers to whoever asks for the last seconds.
    private static func server(_ seconds: Int) -> StubServer {
        StubServer(["\(Self.path)?window=\(seconds)": .init(Self.list)])
    }

    @Test("A table with the flag, whom it lets in, and the use", arguments: [["pathways"], ["pathways", "show"]])
    func table(command: [String]) async {
        let run = await Run(command + ["production"], server: Self.server(604_800))
        #expect(
            run.output == """
                production, revision 7, the last 7d
                PATHWAY  FLAG                      OPEN TO    ATTEMPTS    GRANTED  LAST USE              COUNTED SINCE
                ticket   ENABLE_WEBSOCKET_TICKETS  12.5 %    1,234,567  1,200,000  2026-03-04 05:06:07Z  2026-03-04 05:06:07Z
                cookie   ENABLE_WEBSOCKET_COOKIE   everyone          0          0  never                 not yet

                """)
    }

    @Test("--window says what the counts are of, and -o json is the wire type")
    func window() async throws {
        let server = Self.server(7200)
        let run = await Run(["pathways", "production", "--window", "2h", "-o", "json"], server: server)
        let read = try WireDecoder(unknownMembers: .refuse).decode(PathwayList.self, from: Array(run.output.utf8))
        #expect(read == Self.list)
        let refused = await Run(["pathways", "production", "--window", "soon"], server: server)
        #expect(refused.status == .usage)
    }
}
