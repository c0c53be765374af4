import FlagModel
import Foundation
import Testing

@Suite("A server that is killed")
struct KillNineTests {
    @Test("kill -9 in the middle of commits loses no acknowledged commit, and the audit chain verifies")
    func killedInTheMiddleOfCommits() async throws {
        let folder = try RunningServer.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        var acknowledged: [Int64: Int64] = [:]

        for round in 0..<3 {
            let server = try await RunningServer.start(in: folder)
            let start = try await Self.revision(of: server)
            for (revision, ttl) in acknowledged { try await Self.expect(ttl, at: revision, on: server) }

            // Commits go on until the server is gone; it is killed after the first few were answered.
            try await withThrowingTaskGroup(of: [Int64: Int64].self) { group in
                group.addTask {
                    var answered: [Int64: Int64] = [:]
                    var base = start
                    for step in 0..<10_000 {
                        let ttl = Int64(1 + (round * 1000 + step) % 3600)
                        guard let answer = try? await Self.commit(ttl: ttl, base: base, on: server) else { break }
                        guard answer.status == 200, let revision = answer.json["revision"]?.integerValue else {
                            Testing.Issue.record("a commit was answered with \(answer.status): \(answer.body)")
                            break
                        }
                        base = revision
                        answered[revision] = ttl
                        if answered.count == 20 { server.signal(SIGKILL) }
                    }
                    return answered
                }
                for try await answered in group { acknowledged.merge(answered) { $1 } }
            }
            _ = try await server.waitForExit()
            #expect(acknowledged.count >= 20 * (round + 1))
        }

        let server = try await RunningServer.start(in: folder)
        for (revision, ttl) in acknowledged { try await Self.expect(ttl, at: revision, on: server) }
        let verified = try await server.flagctl("audit", "verify")
        #expect(verified.status == 0, "\(verified.output)\(verified.errors)")
        try await server.stop()
    }

    private static func revision(of server: RunningServer) async throws -> Int64 {
        let answer = try await server.request(.GET, "/v1/environments/development/flags")
        return try #require(answer.json["revision"]?.integerValue)
    }

    private static func commit(ttl: Int64, base: Int64, on server: RunningServer) async throws -> Answer {
        try await server.request(
            .POST, "/v1/environments/development/changesets",
            json: [
                "baseRevision": .integer(base), "reason": "kill -9 test",
                "changes": [["op": "set", "flag": "WEBSOCKET_TICKET_TTL", "value": .integer(ttl)]],
            ])
    }

    private static func expect(_ ttl: Int64, at revision: Int64, on server: RunningServer) async throws {
        let answer = try await server.request(.GET, "/v1/environments/development/snapshot?revision=\(revision)")
        #expect(answer.status == 200, "revision \(revision) was acknowledged and is gone: \(answer.body)")
        #expect(answer.json["flags"]?["WEBSOCKET_TICKET_TTL"]?["variants"]?["default"]?.integerValue == ttl)
    }
}
