import FlagModel
import Logging
import RedisClient
import TestRedis
import TestSupport
import Testing

@testable import TicketRuntime

@Suite("Faults of the store", .serialized)
struct FaultTests {
    private func runtime(
        _ store: any TicketStore, _ content: EnvironmentContent = .open, log: CapturedLog = CapturedLog()
    ) -> TicketRuntime {
        var configuration = TicketConfiguration(environment: "testing", instance: "a", allowedOrigins: .any)
        configuration.breaker.initialPause = .milliseconds(20)
        configuration.breaker.maximumPause = .milliseconds(40)
        configuration.incidentInterval = .seconds(3600)
        let runtime = TicketRuntime(configuration, store: store, logger: log.logger)
        runtime.apply(content.snapshot())
        return runtime
    }

    private func issue(_ runtime: TicketRuntime) async throws -> TicketRefusal? {
        let user = try TicketSubject.user()
        do throws(TicketRefusal) {
            _ = try await runtime.issue(for: user)
            return nil
        } catch {
            return error
        }
    }

    @Test("Redis stopped in the middle is refused with a time to retry, and works again without a restart")
    func stopped() async throws {
        let log = CapturedLog()
        try await TestRedisServer.withServer { server in
            try await RedisTicketStore.with(server) { store in
                let runtime = self.runtime(store, log: log)
                #expect(try await self.issue(runtime) == nil)
                await server.stop()
                for _ in 0..<50 {
                    let refusal = try #require(try await self.issue(runtime))
                    #expect(refusal.reason == .storeUnavailable)
                    #expect(try #require(refusal.retryAfterSeconds) >= 1)
                    #expect(refusal.pathway == nil)
                }
                #expect(await !runtime.status().isStoreAvailable)
                try await server.restart()
                try await eventually { try await self.issue(runtime) == nil }
                #expect(await runtime.status().isStoreAvailable)
            }
        }
        let critical = log.lines.filter { $0.level == .critical }
        #expect(Set(critical.map { $0.metadata["ticket.cause"] }).count == critical.count, "one line for each cause")
        #expect(!critical.isEmpty)
        let recovered = log.lines.filter { $0.message == "tickets work again" }
        #expect(recovered.count == critical.count)
    }

    @Test("While the store is away, the fallback pathway is named if the policy has it on")
    func fallbackNamed() async throws {
        try await TestRedisServer.withServer { server in
            try await RedisTicketStore.with(server) { store in
                let content = EnvironmentContent.open.with(TicketFlags.fallback, .toggle(true))
                    .with(TicketFlags.toggle(of: .cookie), .toggle(true))
                let runtime = self.runtime(store, content)
                await server.stop()
                let refusal = try #require(try await self.issue(runtime))
                #expect(refusal.pathway == .cookie)
            }
        }
    }

    @Test("S2: a consumption whose answer was lost grants nothing, and is not repeated")
    func replyLost() async throws {
        let log = CapturedLog()
        try await TestRedisServer.withServer { server in
            try await RedisTicketStore.with(server, deadline: .milliseconds(300)) { store in
                let runtime = self.runtime(store, log: log)
                let ticket = try await runtime.issue(for: .user()).id
                // The command reaches the server's socket; the answer does not come while it is frozen.
                server.pause()
                await #expect(throws: TicketRefusal.outcomeIndeterminate) { try await runtime.consume(ticket) }
                server.resume()
                try await eventually("Redis carries it out once it goes on") {
                    do throws(TicketRefusal) {
                        return try await runtime.validate(ticket).reason == .replayed
                    } catch {
                        return false
                    }
                }
                #expect(runtime.statistics.consumed == 0)
            }
        }
        #expect(log.lines.contains { $0.level == .critical && $0.metadata["ticket.cause"] == "reply-lost" })
    }

    @Test("S16: a store that does not answer opens the breaker, which refuses and never lets through")
    func breakerFailsClosed() async throws {
        let clock = ManualClock()
        let store = BrokenStore()
        var configuration = TicketConfiguration(environment: "testing", instance: "a", allowedOrigins: .any)
        configuration.breaker.failureThreshold = 3
        let runtime = TicketRuntime(configuration, store: store, logger: CapturedLog().logger, clock: clock.clock)
        runtime.apply(EnvironmentContent.open.snapshot())
        let ticket = try mint.mint(.singleUse).text
        for _ in 0..<100 {
            let refusal = await #expect(throws: TicketRefusal.self) { try await runtime.consume(ticket) }
            #expect(refusal?.reason == .storeUnavailable)
        }
        #expect(store.questions == 3, "the others were refused without asking")
        clock.advance(by: .seconds(1))
        _ = await #expect(throws: TicketRefusal.self) { try await runtime.consume(ticket) }
        #expect(store.questions == 4, "one probe")
        #expect(runtime.statistics.storeFailures == 101)
    }

    @Test("Looking at the status neither closes the breaker nor ends what is logged")
    func statusChangesNothing() async throws {
        let log = CapturedLog()
        let store = BrokenStore(answersProbes: true)
        let runtime = TicketRuntime(
            TicketConfiguration(environment: "testing", instance: "a", allowedOrigins: .any), store: store,
            logger: log.logger, clock: ManualClock().clock)
        runtime.apply(EnvironmentContent.open.snapshot())
        for _ in 0..<20 { #expect(try await self.issue(runtime)?.reason == .storeUnavailable) }
        let questions = store.questions
        let status = await runtime.status()
        #expect(status.isStoreAvailable && status.storeStatus == "available")
        #expect(!log.lines.contains { $0.message == "tickets work again" })
        #expect(try await self.issue(runtime)?.reason == .storeUnavailable)
        #expect(store.questions == questions, "the breaker is open still")
    }

    @Test("The status says in one word what is wrong, and where the store is only in its detail")
    func statusTellsNoAddress() async throws {
        try await TestRedisServer.withServer { server in
            try await RedisTicketStore.with(server) { store in
                let runtime = self.runtime(store)
                #expect(await runtime.status().storeDetail.contains("127.0.0.1"))
                await server.stop()
                try await eventually("it is told") { await runtime.status().storeStatus == "unreachable" }
            }
        }
    }

    @Test("A consumption whose answer came with nonsense about revocations has an unknown outcome")
    func nonsenseAfterConsumption() async throws {
        try await TestRedisServer.withServer { server in
            try await RedisTicketStore.with(server) { store in
                let ticket = try await self.runtime(store).issue(for: .user()).id
                try await server.command("SET", store.keys.generation, "nonsense")
                try await RedisTicketStore.with(server) { other in
                    let runtime = self.runtime(other)
                    await #expect(throws: TicketRefusal.outcomeIndeterminate) { try await runtime.consume(ticket) }
                }
            }
        }
    }

    @Test("Each failure is counted, and logged at critical level once per interval with the count")
    func loggedOncePerInterval() async throws {
        let clock = ManualClock()
        let log = CapturedLog()
        var configuration = TicketConfiguration(environment: "testing", instance: "a", allowedOrigins: .any)
        configuration.breaker.failureThreshold = .max
        configuration.incidentInterval = .seconds(60)
        let runtime = TicketRuntime(configuration, store: BrokenStore(), logger: log.logger, clock: clock.clock)
        runtime.apply(EnvironmentContent.open.snapshot())
        for _ in 0..<30 { #expect(try await self.issue(runtime)?.reason == .storeUnavailable) }
        clock.advance(by: .seconds(60))
        #expect(try await self.issue(runtime)?.reason == .storeUnavailable)
        let critical = log.lines.filter { $0.level == .critical }
        #expect(critical.map { $0.metadata["ticket.count"] } == ["1", "30"])
        #expect(runtime.statistics.refused(.storeUnavailable) == 31)
    }

    @Test("A storage failure is an error for each operation, not a silent success")
    func everyOperation() async throws {
        let runtime = self.runtime(BrokenStore())
        let ticket = try mint.mint(.singleUse).text
        let user = try TicketSubject.user()
        let refusals = [
            await #expect(throws: TicketRefusal.self) { try await runtime.issue(for: user) },
            await #expect(throws: TicketRefusal.self) { try await runtime.consume(ticket) },
            await #expect(throws: TicketRefusal.self) { try await runtime.validate(ticket) },
            await #expect(throws: TicketRefusal.self) { try await runtime.revoke(ticket, ownedBy: "user-1") },
            await #expect(throws: TicketRefusal.self) { try await runtime.revokeAll(ofUser: "user-1") },
        ]
        #expect(refusals.allSatisfy { $0?.reason == .storeUnavailable })
    }

    @Test("A value under a ticket's key that is no record is refused and reported")
    func unreadable() async throws {
        let log = CapturedLog()
        try await TestRedisServer.withServer { server in
            try await RedisTicketStore.with(server) { store in
                let runtime = self.runtime(store, log: log)
                let ticket = try mint.mint(.singleUse)
                let name = store.keys.ticket(TicketKey(ticket)).text
                try await server.command("SET", name, "something else")
                await #expect(throws: TicketRefusal.unknownOrExpired) { try await runtime.consume(ticket.text) }
            }
        }
        #expect(log.lines.contains { $0.metadata["ticket.cause"] == "record-unreadable" })
    }
}
