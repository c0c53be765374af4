import FlagModel
import Synchronization
import TestRedis
import TestSupport
import Testing

@testable import TicketRuntime

@Suite("Revoking across instances", .serialized)
struct RevocationAcrossInstancesTests {
    private func runtime(_ store: RedisTicketStore) -> TicketRuntime {
        let runtime = TicketRuntime(
            TicketConfiguration(environment: "testing", instance: "a", allowedOrigins: .any), store: store,
            logger: CapturedLog().logger)
        // They outlive the test however slow the machine is.
        runtime.apply(EnvironmentContent.open.with(TicketFlags.ttl, .value(.integer, 3600)).snapshot())
        return runtime
    }

    @Test("Once a revocation has returned, no other instance grants a ticket that was issued before it began")
    func inForceEverywhere() async throws {
        try await TestRedisServer.withServer { server in
            try await RedisTicketStore.with(server) { here in
                try await RedisTicketStore.with(server) { there in
                    let (revoker, other) = (self.runtime(here), self.runtime(there))
                    for _ in 0..<5 {
                        var tickets: [String] = []
                        for _ in 0..<20 { tickets.append(try await other.issue(for: .user()).id) }
                        // The other instance has just read the generation, and relies on it for a while.
                        _ = try await other.consume(tickets.removeLast())
                        try await revoker.revokeAll(ofUser: "user-1")
                        for ticket in tickets {
                            await #expect(throws: TicketRefusal.revoked) { try await other.consume(ticket) }
                        }
                    }
                }
            }
        }
    }

    @Test("A lease that ends while Redis is asked is relied on no more")
    func leaseEndsMeanwhile() async throws {
        try await TestRedisServer.withServer { server in
            let isSlow = Atomic(false)
            let reads = Atomic(0)
            // Once it is slow, every reading but the first is long after.
            let clock = TicketClock(now: TicketClock.system.now) {
                guard isSlow.load(ordering: .relaxed) else { return 0 }
                return reads.wrappingAdd(1, ordering: .relaxed).oldValue == 0 ? 0 : 1_000_000
            }
            try await RedisTicketStore.with(server) { here in
                try await RedisTicketStore.with(server, clock: clock) { there in
                    let (revoker, other) = (self.runtime(here), self.runtime(there))
                    let ticket = try await other.issue(for: .user()).id
                    try await revoker.revokeAll(ofUser: "user-1")
                    isSlow.store(true, ordering: .relaxed)
                    await #expect(throws: TicketRefusal.revoked) { try await other.consume(ticket) }
                }
            }
        }
    }

    @Test("While a user is revoked again and again, others' tickets are granted")
    func othersUnharmed() async throws {
        try await TestRedisServer.withServer { server in
            try await RedisTicketStore.with(server) { here in
                try await RedisTicketStore.with(server) { there in
                    let (revoker, other) = (self.runtime(here), self.runtime(there))
                    async let revocations: Void = {
                        for _ in 0..<10 { try await revoker.revokeAll(ofUser: "user-1") }
                    }()
                    for _ in 0..<300 {
                        let ticket = try await other.issue(for: .user("user-2")).id
                        _ = try await other.consume(ticket)
                    }
                    try await revocations
                }
            }
        }
    }

    @Test("Tickets issued after a revocation has returned are good at every instance")
    func freshTicketsAreGood() async throws {
        try await TestRedisServer.withServer { server in
            try await RedisTicketStore.with(server) { here in
                try await RedisTicketStore.with(server) { there in
                    let (revoker, other) = (self.runtime(here), self.runtime(there))
                    for _ in 0..<10 {
                        let before = try await other.issue(for: .user()).id
                        _ = try await other.consume(before)
                        try await revoker.revokeAll(ofUser: "user-1")
                        let after = try await other.issue(for: .user()).id
                        _ = try await revoker.consume(after)
                    }
                }
            }
        }
    }
}
