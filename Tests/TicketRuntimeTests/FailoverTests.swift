import FlagModel
import RedisClient
import TestRedis
import TestSupport
import Testing

@testable import TicketRuntime

@Suite("Failover of Redis", .serialized)
struct FailoverTests {
    /// A ticket that was consumed at a primary whose replica did not hear of it and is primary now.
    private struct Resurrected {
        let ticket: String
        let promoted: TestRedisServer
        let former: TestRedisServer
    }

    /// Sends the first copy to a replica at once, not after the default five seconds.
    private static let primary = TestRedisOptions(arguments: ["--repl-diskless-sync-delay", "0"])

    private func runtime(
        _ store: RedisTicketStore, _ failover: TicketFailover, instance: String = "a"
    ) -> TicketRuntime {
        let runtime = TicketRuntime(
            TicketConfiguration(environment: "testing", instance: instance, allowedOrigins: .any), store: store,
            logger: CapturedLog().logger)
        let content = EnvironmentContent.open.with(TicketFlags.failover, .value(.string, .string(failover.rawValue)))
        runtime.apply(content.snapshot())
        return runtime
    }

    /// The replica is cut off before the consumption, which is what a frozen link comes to, and promoted after it.
    private func withResurrected(
        _ failover: TicketFailover, _ body: (Resurrected) async throws -> Void
    ) async throws {
        try await TestRedisServer.withServer(Self.primary) { primary in
            try await TestRedisServer.withServer(.init(replicaOf: primary)) { replica in
                // Before the store connects: the first replica gives the primary another identity.
                try await eventually {
                    try await replica.command("INFO", "replication")?.contains("master_link_status:up") == true
                }
                try await RedisTicketStore.with(primary) { store in
                    let runtime = self.runtime(store, failover)
                    let ticket = try await runtime.issue(for: .user()).id
                    try await eventually { try await replica.command("DBSIZE") == "1" }
                    try await replica.command("REPLICAOF", "NO", "ONE")
                    _ = try await runtime.consume(ticket)
                    try await body(Resurrected(ticket: ticket, promoted: replica, former: primary))
                }
            }
        }
    }

    @Test("Under fast, another process grants a consumed ticket once more after a failover")
    func fast() async throws {
        try await self.withResurrected(.fast) { resurrected in
            try await RedisTicketStore.with(resurrected.promoted) { store in
                _ = try await self.runtime(store, .fast).consume(resurrected.ticket)
            }
        }
    }

    @Test("Under fenced, no process grants a consumed ticket after a failover")
    func fenced() async throws {
        try await self.withResurrected(.fenced) { resurrected in
            try await RedisTicketStore.with(resurrected.promoted) { store in
                let runtime = self.runtime(store, .fenced)
                #expect(try await runtime.validate(resurrected.ticket).reason == .otherEpoch)
                await #expect(throws: TicketRefusal.otherEpoch) { try await runtime.consume(resurrected.ticket) }
                let fresh = try await runtime.issue(for: .user())
                _ = try await runtime.consume(fresh.id)
            }
        }
    }

    @Test("Under fast, the process that consumed a ticket does not grant it again")
    func fastInProcess() async throws {
        try await TestRedisServer.withServer { server in
            try await RedisTicketStore.with(server) { store in
                let runtime = self.runtime(store, .fast)
                let ticket = try await runtime.issue(for: .user()).id
                let name = store.keys.ticket(TicketKey(try #require(PresentedTicket(ticket)))).text
                let record = try #require(try await store.client.send(RedisCommand("GET", name)).value.bytes)
                _ = try await runtime.consume(ticket)
                _ = try await store.client.send(RedisCommand("SET", name, record, "PX", 30_000))
                #expect(try await runtime.validate(ticket).reason == .replayed)
                let refusal = await #expect(throws: TicketRefusal.self) { try await runtime.consume(ticket) }
                #expect(refusal?.reason == .replayed)
            }
        }
    }

    @Test("Under replicated, a consumption that no replica confirms is refused")
    func unconfirmed() async throws {
        try await TestRedisServer.withServer { server in
            try await RedisTicketStore.with(server) { store in
                let runtime = self.runtime(store, .replicated)
                let ticket = try await runtime.issue(for: .user()).id
                await #expect(throws: TicketRefusal.outcomeIndeterminate) { try await runtime.consume(ticket) }
                let again = await #expect(throws: TicketRefusal.self) { try await runtime.consume(ticket) }
                #expect(again?.reason == .replayed)
            }
        }
    }

    @Test("Under replicated, a revocation that no replica confirms is not told as done")
    func revocationUnconfirmed() async throws {
        try await TestRedisServer.withServer { server in
            try await RedisTicketStore.with(server) { store in
                let runtime = self.runtime(store, .replicated)
                let ticket = try await runtime.issue(for: .user()).id
                let refusal = await #expect(throws: TicketRefusal.self) {
                    try await runtime.revoke(ticket, ownedBy: "user-1")
                }
                #expect(refusal?.reason == .storeUnavailable)
                #expect(try await runtime.validate(ticket).reason == .revoked)
            }
        }
    }

    @Test("Processes that connected before and after the first replica attached agree within an interval")
    func replicaAttaches() async throws {
        try await TestRedisServer.withServer(Self.primary) { primary in
            try await RedisTicketStore.with(primary, probing: .milliseconds(50)) { before in
                let early = self.runtime(before, .fenced)
                let former = try await early.issue(for: .user()).id
                let epoch = try await before.client.session().epoch
                try await TestRedisServer.withServer(.init(replicaOf: primary)) { _ in
                    try await eventually { try await before.client.session().epoch != epoch }
                    try await RedisTicketStore.with(primary) { after in
                        let late = self.runtime(after, .fenced)
                        let (here, there) = (
                            try await early.issue(for: .user()).id, try await late.issue(for: .user()).id
                        )
                        _ = try await late.consume(here)
                        _ = try await early.consume(there)
                        await #expect(throws: TicketRefusal.otherEpoch) { try await late.consume(former) }
                        await #expect(throws: TicketRefusal.revoked) { try await late.consume(former) }
                    }
                }
            }
        }
    }

    @Test("Under replicated, a consumption that a replica confirms is granted")
    func confirmed() async throws {
        try await TestRedisServer.withServer(Self.primary) { primary in
            try await TestRedisServer.withServer(.init(replicaOf: primary)) { replica in
                try await eventually {
                    try await primary.command("INFO", "replication")?.contains("state=online") == true
                }
                try await RedisTicketStore.with(primary) { store in
                    let runtime = self.runtime(store, .replicated)
                    // A busy machine may keep the replica from confirming in time; that is a refusal, not a wrong grant.
                    try await eventually("it is granted") {
                        let ticket = try await runtime.issue(for: .user()).id
                        return await RaceTests.race(1) { try await runtime.consume(ticket) } == [nil: 1]
                    }
                }
            }
        }
    }

    @Test("A runtime that reconnects to a restarted Redis refuses its former tickets and issues new ones")
    func restarted() async throws {
        try await TestRedisServer.withServer { server in
            try await RedisTicketStore.with(server) { store in
                let runtime = self.runtime(store, .fenced)
                let before = try await runtime.issue(for: .user()).id
                try await server.restart()
                let user = try TicketSubject.user()
                try await eventually("tickets are issued again") {
                    await RaceTests.race(1) { try await runtime.issue(for: user) } == [nil: 1]
                }
                await #expect(throws: TicketRefusal.unknownOrExpired) { try await runtime.consume(before) }
                let after = try await runtime.issue(for: .user()).id
                _ = try await runtime.consume(after)
            }
        }
    }

    @Test("A store whose client does not find out who the primary is refuses everything, with the cure")
    func withoutGreeting() async throws {
        try await TestRedisServer.withServer { server in
            try await RedisClient.withClient(try RedisConfiguration(url: server.url)) { client in
                let store = RedisTicketStore(client: client, environment: "testing")
                let key = TicketKey(try mint.mint(.singleUse))
                let error = await #expect(throws: TicketStoreError.self) {
                    try await store.read(key, failover: .fenced)
                }
                #expect(error?.description.contains("RedisTicketStore.greeting") == true)
            }
        }
    }

    @Test("A replica is not used as a ticket store")
    func replica() async throws {
        try await TestRedisServer.withServer(Self.primary) { primary in
            try await TestRedisServer.withServer(.init(replicaOf: primary)) { replica in
                try await RedisTicketStore.with(replica) { store in
                    let runtime = self.runtime(store, .fenced)
                    try await eventually("the replica is refused") {
                        let status = await runtime.status()
                        return !status.isStoreAvailable && status.storeDetail.contains("replica")
                    }
                }
            }
        }
    }
}
