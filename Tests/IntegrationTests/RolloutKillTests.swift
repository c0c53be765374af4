import FlagModel
import Foundation
import TestProxy
import TestSupport
import Testing

@Suite("A server that is killed in the middle of a rollout")
struct RolloutKillTests {
    private static let steps = [1.0, 5, 25, 50, 100]

    @Test("kill -9 at random moments: each step is taken once, in order, and the history has no gap")
    func killed() async throws {
        let folder = try RunningServer.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        var server = try await RunningServer.start(in: folder)
        try await RolloutTests.shorten(server)
        let started = try await RolloutTests.start("1%:1s,5%:1s,25%:1s,50%:1s,100%", on: server)
        #expect(started.status == 0, "\(started.errors)")

        var moments = SplitMix64(seed: 20_261_121)
        for _ in 0..<10 {
            try await Task.sleep(for: .milliseconds(Int.random(in: 0..<1200, using: &moments)))
            await server.kill()
            server = try await RunningServer.start(in: folder)
        }
        let end = try await server.flagctl(
            "rollout", "status", "development", "--until", "completed", "--within", "60s", "-o", "json")
        #expect(end.status == 0, "\(end.output)\(end.errors)")

        #expect(try await RolloutTests.shares(on: server) == Self.steps)
        let history = try await server.request(.GET, "/v1/environments/development/rollouts/1/history").json
        let entries = try #require(history["entries"]?.arrayValue)
        #expect(entries.compactMap { $0["step"]?.integerValue } == [1, 2, 3, 4, 5])
        #expect(entries.last?["event"] == "completed")
        let revisions = entries.compactMap { $0["revision"]?.integerValue }
        #expect(revisions == [3, 4, 5, 6, 7, 7])
        let verified = try await server.flagctl("audit", "verify")
        #expect(verified.status == 0, "\(verified.output)\(verified.errors)")
        try await server.stop()
    }
}
