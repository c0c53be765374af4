import FlagModel
import Foundation
import TestSupport
import Testing

@Suite("The fleet")
struct FleetTests {
    static let environment = "/v1/environments/development"

    private static func report(
        _ id: String, revision: Int64, on server: RunningServer, _ more: [String: JSONValue] = [:]
    ) async throws {
        let snapshot = try await server.request(.GET, "\(Self.environment)/snapshot?revision=\(revision)")
        let body: [String: JSONValue] = [
            "name": "chat", "revision": .integer(revision), "digest": snapshot.json["digest"] ?? .null,
            "source": "stream",
        ]
        let answer = try await server.request(
            .PUT, "\(Self.environment)/instances/\(id)", json: .object(body.merging(more) { $1 }))
        #expect(answer.status == 200, "\(answer.body)")
    }

    private static func instance(_ id: String, on server: RunningServer) async throws -> JSONValue {
        try await server.request(.GET, "\(Self.environment)/instances/\(id)").json
    }

    @Test("An instance is connected while its stream is open, and its end is noticed at once")
    func connection() async throws {
        try await RunningServer.with { server in
            let client = try EventClient(server, RunningServer.stream + "?instance=chat-1")
            try await eventually("a snapshot") { client.events.count == 1 }
            let open = try await Self.instance("chat-1", on: server)
            #expect(open["connected"] == true && open["state"] == "behind")
            client.close()
            try await eventually("the end of the connection") {
                try await Self.instance("chat-1", on: server)["connected"] == false
            }
        }
    }

    @Test("Convergence is streamed: at once, on the way, and for the last time when all have the revision")
    func convergence() async throws {
        try await RunningServer.with { server in
            let base = try await server.revision()
            for id in ["a", "b"] { try await Self.report(id, revision: base, on: server) }
            let revision = try await server.makeRevision(ttl: 31, base: base)
            let client = try EventClient(
                server, "\(Self.environment)/convergence?revision=\(revision)", accept: "text/event-stream")
            try await eventually("a report") { client.events.count == 1 }
            #expect(client.events[0].name == "convergence" && client.events[0].json["acknowledged"] == 1)
            try await Self.report("a", revision: revision, on: server)
            try await eventually("progress") { client.events.count == 2 }
            try await Self.report("b", revision: revision, on: server)
            try await eventually("the end") { client.hasEnded }
            let last = try #require(client.events.last?.json)
            #expect(last["converged"] == true && last["instances"] == 3 && last["acknowledged"] == 3)
            #expect(last["laggards"]?.arrayValue?.isEmpty == true)
        }
    }

    @Test("A report that nobody waits for any more ends when a newer revision is in force")
    func superseded() async throws {
        try await RunningServer.with { server in
            let base = try await server.revision()
            try await Self.report("a", revision: base, on: server)
            let revision = try await server.makeRevision(ttl: 31, base: base)
            let client = try EventClient(
                server, "\(Self.environment)/convergence?revision=\(revision)", accept: "text/event-stream")
            try await eventually("a report") { client.events.count == 1 }
            try await server.makeRevision(ttl: 32, base: revision)
            try await eventually("the end") { client.hasEnded }
            #expect(client.events.last?.json["superseded"] == true)
            #expect(client.events.last?.json["converged"] == false)
        }
    }

    @Test("After kill -9 the server knows whom it has to wait for")
    func remembered() async throws {
        let folder = try RunningServer.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        var server = try await RunningServer.start(in: folder)
        let revision = try await server.revision()
        try await Self.report("chat-that-leaves", revision: revision, on: server)
        try await Self.report("chat-that-leaves", revision: revision, on: server, ["leaving": true])
        try await Self.report("chat-that-stays", revision: revision, on: server, ["labels": ["region": "eu"]])
        // Who came and who left is stored twice a second, all of it at once.
        try await eventually("the fleet is stored") {
            ["signalbox.sqlite", "signalbox.sqlite-wal"].contains { name in
                let data = try? Data(contentsOf: folder.appendingPathComponent(name))
                return data?.firstRange(of: Data("chat-that-stays".utf8)) != nil
            }
        }
        await server.kill()

        server = try await RunningServer.start(in: folder)
        let known = try await Self.instance("chat-that-stays", on: server)
        #expect(known["state"] == "stale" && known["labels"]?["region"] == "eu")
        let convergence = try await server.request(.GET, "\(Self.environment)/convergence")
        #expect(convergence.json["converged"] == false && convergence.json["instances"] == 2)
        try await Self.report("chat-that-stays", revision: revision, on: server)
        #expect(try await server.request(.GET, "\(Self.environment)/convergence").json["converged"] == true)
        try await server.stop()
    }
}
