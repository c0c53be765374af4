import FlagClient
import FlagModel
import Foundation
import TestSupport
import Testing

@Suite("FlagClients when the control plane dies", .serialized)
struct FlagClientRestartTests {
    @Test("Fifty clients survive kill -9 of the server three times: all end at the newest, and none ever goes back")
    func killed() async throws {
        try await LastingServer.with { server in
            let token = try await server.now.makeReader()
            var revision = try await server.now.revision()
            try await FollowedClient.with(50, at: server.now.address, token: token) { clients in
                try await server.now.waitForConvergence(of: 51)
                for round in 0..<3 as Range<Int64> {
                    for step in 0..<10 as Range<Int64> {
                        revision = try await server.now.makeRevision(ttl: 100 + round * 10 + step, base: revision)
                    }
                    // Some have the last revisions by now, some do not.
                    await server.kill()
                    try await server.start()
                    revision = try await server.now.makeRevision(ttl: 500 + round, base: revision)
                    try await eventually("all have revision \(revision)") {
                        clients.allSatisfy { $0.client.status.revision == revision }
                    }
                }
                // Those that the server remembers and those that are back are the same.
                try await server.now.waitForConvergence(of: 51)
                let digest = try await server.now.digest(of: revision)
                for client in clients {
                    try await eventually("the last is seen") { client.seen.last?.revision == revision }
                    #expect(client.isOrdered, "\(client.seen.map(\.revision))")
                    #expect(client.seen.last?.digest == digest)
                    #expect(client.client.status.counts.resyncs == 0)
                    #expect(client.client.status.counts.refused == 0)
                }
            }
        }
    }

    @Test(
        "A service that is killed while the control plane is away comes back with the same answers, then follows again")
    func restartsFromCache() async throws {
        try await LastingServer.with { server in
            let token = try await server.now.makeGreetings()
            let cache = server.now.folder.appendingPathComponent("flags")
            try await Self.change(server.now, "set", "greetings", "greeting", "french")
            try await Self.change(server.now, "rollout", "set", "greetings", "loud", "50")
            let before = try await Greeter.with(server.now, token: token, cache: cache) { greeter in
                try await eventually("four are greeted in French") { greeter.greetings.count == 4 }
                let revision = try #require(greeter.revisions.last)
                try await eventually("the cache is written") { Self.holds(cache, revision) }
                await server.kill()
                return greeter.greetings
            }
            #expect(before.allSatisfy { $0.lowercased().hasPrefix("bonjour") }, "\(before)")

            try await Greeter.with(server.now, token: token, cache: cache) { greeter in
                try await eventually("four are greeted") { greeter.greetings.count == 4 }
                #expect(greeter.greetings == before, "rollout and all")
                #expect(greeter.log.contains("flags.source=cache"))
                try await server.start()
                try await Self.change(server.now, "set", "greetings", "greeting", "finnish")
                try await eventually("four are greeted in Finnish") {
                    greeter.greetings.count { $0.lowercased().hasPrefix("moi") } == 4
                }
                #expect(zip(greeter.revisions, greeter.revisions.dropFirst()).allSatisfy { $0 < $1 })
            }
        }
    }

    @Test("A client whose cache is damaged sets it aside and says so, serves its defaults, and follows once it can")
    func damagedCache() async throws {
        try await LastingServer.with { server in
            let token = try await server.now.makeGreetings()
            let folder = server.now.folder.appendingPathComponent("cache")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
            let cache = folder.appendingPathComponent("flags")
            try await Self.change(server.now, "set", "greetings", "greeting", "french")
            func withClient(_ body: (FlagClient) async throws -> Void) async throws {
                try await FollowedClient.with(1, at: server.now.address, environment: "greetings", token: token) {
                    $0.cachePath = cache.path
                    $0.timings.backOff = .milliseconds(10) ... .milliseconds(100)
                } _: { clients in
                    try await body(clients[0].client)
                }
            }
            try await withClient { client in
                try await client.waitUntilReady(timeout: .seconds(60))
                let revision = try #require(client.status.revision)
                try await eventually("the cache is written") { Self.holds(cache, revision) }
            }
            await server.kill()
            var bytes = try Data(contentsOf: cache)
            bytes[bytes.count / 2] ^= 1
            try bytes.write(to: cache)

            try await withClient { client in
                try await eventually("the damage is reported") { client.status.cacheProblem != nil }
                #expect(client.status.cacheProblem?.contains("damaged and not used; it is now ") == true)
                try await eventually("the control plane is missed") { client.status.problem != nil }
                #expect(client.string("greeting", default: "Hello") == "Hello")
                let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
                #expect(names.count == 1 && names[0].hasPrefix("flags.corrupt-"), "\(names)")
                try await server.start()
                try await eventually("the flags are there") {
                    client.string("greeting", default: "Hello") == "Bonjour"
                }
                let revision = try #require(client.status.revision)
                try await eventually("the cache is written again") { Self.holds(cache, revision) }
            }
        }
    }

    private static func change(_ server: RunningServer, _ arguments: String...) async throws {
        let result = try await Program.run(
            Built.flagctl, arguments + ["--reason", "for the test"],
            environment: ["FLAGCTL_SERVER": server.address, "FLAGCTL_TOKEN": RunningServer.adminToken])
        #expect(result.status == 0, "\(result.errors)")
    }

    /// Whether a cache file holds a revision.
    private static func holds(_ cache: URL, _ revision: Int64) -> Bool {
        let data = try? Data(contentsOf: cache)
        return data?.firstRange(of: Data("\"revision\":\(revision)".utf8)) != nil
    }
}
