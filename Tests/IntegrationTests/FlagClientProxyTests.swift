import FlagClient
import FlagModel
import Foundation
import TestProxy
import TestSupport
import Testing

@Suite("FlagClients behind a bad network")
struct FlagClientProxyTests {
    /// Runs a server with a proxy in front of it.
    private static func with(
        seed: UInt64 = 0, _ body: (RunningServer, FaultyProxy) async throws -> Void
    ) async throws {
        try await RunningServer.with { server in
            let port = try #require(server.address.split(separator: ":").last.flatMap { Int($0) })
            try await FaultyProxy.with(to: port, seed: seed) { proxy in try await body(server, proxy) }
        }
    }

    /// Expects that no client went back, and that each served nothing but what the server published.
    private static func expectTruth(_ clients: [FollowedClient], on server: RunningServer) async throws {
        for client in clients { #expect(client.isOrdered, "\(client.seen.map(\.revision))") }
        for sighting in Set(clients.flatMap(\.seen)) {
            #expect(sighting.digest == (try await server.digest(of: sighting.revision)), "\(sighting.revision)")
        }
    }

    private static func impatient(_ configuration: inout FlagClientConfiguration) {
        configuration.timings.backOff = .milliseconds(5) ... .milliseconds(50)
        configuration.timings.pollInterval = .milliseconds(100)
        configuration.timings.streamTrialInterval = .milliseconds(50) ... .milliseconds(200)
    }

    @Test(
        "Connections cut at random bytes: each client converges, none goes back, and all digests are right",
        arguments: [1, 2])
    func cut(seed: UInt64) async throws {
        try await Self.with(seed: seed) { server, proxy in
            proxy.set { .cut(after: .random(in: 0...12_000, using: &$0)) }
            let address = "http://127.0.0.1:\(proxy.port)"
            try await FollowedClient.with(3, at: address, configure: Self.impatient) { clients in
                var revision = try await server.revision()
                var ttl: Int64 = 100
                try await eventually("fifty cuts") {
                    revision = try await server.makeRevision(ttl: ttl, base: revision)
                    ttl = 100 + (ttl - 99) % 3000
                    return proxy.harms >= 50
                }
                proxy.set { _ in .none }
                revision = try await server.makeRevision(ttl: 50, base: revision)
                try await server.waitForConvergence(of: 4)
                for client in clients {
                    try await eventually("the last is seen") { client.seen.last?.revision == revision }
                    #expect(client.client.status.counts.resyncs == 0, "nothing was corrupt, only cut")
                }
                try await Self.expectTruth(clients, on: server)
            }
        }
    }

    @Test("A bit flipped anywhere in a delta is noticed, counted, and made good with the whole snapshot at once")
    func corrupted() async throws {
        try await Self.with(seed: 4) { server, proxy in
            proxy.set { .corruptDeltas(at: .random(in: 0..<1, using: &$0)) }
            let address = "http://127.0.0.1:\(proxy.port)"
            try await FollowedClient.with(1, at: address, configure: Self.impatient) { clients in
                let client = clients[0]
                var revision = try await server.revision()
                for ttl in 100..<160 as Range<Int64> {
                    try await eventually("a stream with revision \(revision)") {
                        let status = client.client.status
                        return status.connection == .streaming && status.revision == revision
                    }
                    revision = try await server.makeRevision(ttl: ttl, base: revision)
                }
                proxy.set { _ in .none }
                try await server.waitForConvergence(of: 2)
                try await eventually("the last is seen") { client.seen.last?.revision == revision }
                try await Self.expectTruth(clients, on: server)
                // More than one for each that the client saw: what it gives up may be sent another before it is closed.
                #expect(client.client.status.counts.resyncs >= 50 && proxy.harms >= 50)
                #expect(client.client.status.counts.refused == 0)
            }
        }
    }

    @Test("Behind a proxy that keeps streams to itself a client polls, and the fleet shows it")
    func swallowed() async throws {
        try await Self.with { server, proxy in
            proxy.set { _ in .swallowStreams }
            let address = "http://127.0.0.1:\(proxy.port)"
            try await FollowedClient.with(1, at: address) {
                Self.impatient(&$0)
                // What is swallowed takes as long; what is not has to make it on a slow machine as well.
                $0.timings.responseTimeout = .seconds(3)
            } _: { clients in
                let client = clients[0].client
                #expect(try await client.waitUntilReady(timeout: .seconds(60)) == .network)
                #expect(client.status.connection == .polling)
                let revision = try await server.makeRevision(ttl: 100)
                try await server.waitForConvergence(of: 2)
                let instance = try await server.request(.GET, "/v1/environments/development/instances/followed-0")
                #expect(instance.json["source"] == "polling" && instance.json["state"] == "current")
                #expect(instance.json["revision"]?.integerValue == revision)

                proxy.set { _ in .none }
                try await eventually("the fleet shows a stream") {
                    try await server.request(.GET, "/v1/environments/development/instances/followed-0").json["source"]
                        == "stream"
                }
                #expect(client.status.connection == .streaming)
            }
        }
    }
}
