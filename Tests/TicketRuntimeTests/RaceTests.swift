import FlagModel
import Testing

@testable import TicketRuntime

@Suite("Races", .serialized)
struct RaceTests {
    @Test("Of ten thousand concurrent consumers of one ticket exactly one wins", arguments: StoreKind.allCases)
    func tenThousand(kind: StoreKind) async throws {
        try await Setup.with(kind) { setup in
            let runtime = setup.runtime()
            let ticket = try await runtime.issue(for: .user()).id
            let reasons = await Self.race(10_000) { try await runtime.consume(ticket) }
            #expect(reasons == [nil: 1, .replayed: 9999])
            #expect(runtime.statistics.consumed == 1)
            #expect(runtime.statistics.replays == 9999)
        }
    }

    @Test("S1: of eight racers for each of 2,000 tickets, exactly one is granted each", arguments: StoreKind.allCases)
    func eightRacers(kind: StoreKind) async throws {
        try await Setup.with(kind) { setup in
            let runtimes = (0..<8).map { setup.runtime(instance: "instance-\($0)") }
            try await withThrowingTaskGroup { group in
                for lane in 0..<20 {
                    group.addTask {
                        for _ in 0..<100 {
                            let ticket = try await runtimes[lane % 8].issue(for: .user()).id
                            let reasons = await Self.race(8) { try await runtimes[$0].consume(ticket) }
                            #expect(reasons == [nil: 1, .replayed: 7])
                        }
                    }
                }
                try await group.waitForAll()
            }
        }
    }

    @Test("Revoking and consuming at once never both succeed", arguments: StoreKind.allCases)
    func revokeAgainstConsume(kind: StoreKind) async throws {
        try await Setup.with(kind) { setup in
            let runtime = setup.runtime()
            for _ in 0..<200 {
                let ticket = try await runtime.issue(for: .user()).id
                async let revocation = runtime.revoke(ticket, ownedBy: "user-1")
                async let consumption = Self.race(1) { try await runtime.consume(ticket) }
                let (revoked, reasons) = (try await revocation, await consumption)
                #expect(reasons == (revoked == .revoked ? [.revoked: 1] : [nil: 1]))
            }
        }
    }

    /// How often each outcome came; nil is a grant.
    static func race<Value: Sendable>(
        _ count: Int, _ body: @escaping @Sendable () async throws -> Value
    ) async -> [TicketRefusalReason?: Int] {
        await Self.race(count) { _ in try await body() }
    }

    static func race<Value: Sendable>(
        _ count: Int, _ body: @escaping @Sendable (Int) async throws -> Value
    ) async -> [TicketRefusalReason?: Int] {
        await withTaskGroup(of: TicketRefusalReason?.self) { group in
            for racer in 0..<count {
                group.addTask {
                    do {
                        _ = try await body(racer)
                        return nil
                    } catch let refusal as TicketRefusal {
                        return refusal.reason
                    } catch {
                        Testing.Issue.record(error)
                        return .storeUnavailable
                    }
                }
            }
            return await group.reduce(into: [:]) { $0[$1, default: 0] += 1 }
        }
    }
}
