import Synchronization

@testable import TicketRuntime

/// A store in memory in which something happens between a consumption and its answer.
final class InterruptedStore: TicketStore {
    let keyPrefix = "interrupted"
    private let store = MemoryTicketStore()
    private let interruption = Mutex<@Sendable () -> Void>({})

    func interrupt(_ body: @escaping @Sendable () -> Void) {
        self.interruption.withLock { $0 = body }
    }

    func issue(_ record: TicketRecord, under key: TicketKey) async throws(TicketStoreError) {
        try await self.store.issue(record, under: key)
    }

    func consume(
        _ key: TicketKey, by use: SpentTicket, failover: TicketFailover
    ) async throws(TicketStoreError) -> TicketLookup {
        let lookup = try await self.store.consume(key, by: use, failover: failover)
        self.interruption.withLock { $0 }()
        return lookup
    }

    func retract(_ key: TicketKey, owner: SubjectDigest) async { await self.store.retract(key, owner: owner) }

    func read(_ key: TicketKey, failover: TicketFailover) async throws(TicketStoreError) -> TicketLookup {
        let lookup = try await self.store.read(key, failover: failover)
        self.interruption.withLock { $0 }()
        return lookup
    }

    func revoke(
        _ key: TicketKey, owner: SubjectDigest, failover: TicketFailover
    ) async throws(TicketStoreError) -> TicketRevocation {
        try await self.store.revoke(key, owner: owner, failover: failover)
    }

    func revokeAll(of owner: SubjectDigest, failover: TicketFailover) async throws(TicketStoreError) {
        try await self.store.revokeAll(of: owner, failover: failover)
    }

    func probe() async throws(TicketStoreError) -> String { try await self.store.probe() }
}
