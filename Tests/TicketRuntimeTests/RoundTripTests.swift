import FlagModel
import RedisClient
import TestRedis
import Testing

@testable import TicketRuntime

@Suite("What Redis is asked", .serialized)
struct RoundTripTests {
    /// How often each command was run since the server started.
    private func calls(_ server: TestRedisServer) async throws -> [String: Int] {
        var calls: [String: Int] = [:]
        for line in try #require(try await server.command("INFO", "commandstats")).split(whereSeparator: \.isNewline) {
            let parts = line.split(whereSeparator: { ":=,".contains($0) })
            guard parts.count > 2, parts[0].hasPrefix("cmdstat_") else { continue }
            calls[String(parts[0].dropFirst("cmdstat_".count))] = Int(parts[2])
        }
        return calls
    }

    private func withRuntime(
        lease: Duration, _ body: (TestRedisServer, TicketRuntime) async throws -> Void
    ) async throws {
        try await TestRedisServer.withServer { server in
            var redis = try RedisConfiguration(url: server.url)
            redis.greeting = RedisTicketStore.greeting
            try await RedisClient.withClient(redis) { client in
                var options = RedisTicketStore.Options()
                options.revocationLease = lease
                let store = RedisTicketStore(client: client, environment: "testing", options: options)
                let runtime = TicketRuntime(
                    TicketConfiguration(environment: "testing", instance: "a", allowedOrigins: .any), store: store)
                runtime.apply(EnvironmentContent.open.snapshot())
                let first = try await runtime.issue(for: .user()).id
                _ = try await runtime.consume(first)
                try await body(server, runtime)
            }
        }
    }

    @Test("Within the lease, an issue is one command, and a consumption is one command")
    func oneCommandEach() async throws {
        try await self.withRuntime(lease: .seconds(3600)) { server, runtime in
            let before = try await self.calls(server)
            for _ in 0..<10 {
                let ticket = try await runtime.issue(for: .user()).id
                _ = try await runtime.consume(ticket)
            }
            let after = try await self.calls(server)
            #expect(after["set", default: 0] - before["set", default: 0] == 20)
            #expect(after["get", default: 0] == before["get", default: 0])
            #expect(after["eval"] == nil)
        }
    }

    @Test("Without a lease, each carries one look at the counter of revocations along")
    func lookAlong() async throws {
        try await self.withRuntime(lease: .zero) { server, runtime in
            let before = try await self.calls(server)
            for _ in 0..<10 {
                let ticket = try await runtime.issue(for: .user()).id
                _ = try await runtime.consume(ticket)
            }
            let after = try await self.calls(server)
            #expect(after["set", default: 0] - before["set", default: 0] == 20)
            #expect(after["get", default: 0] - before["get", default: 0] == 20)
        }
    }
}
