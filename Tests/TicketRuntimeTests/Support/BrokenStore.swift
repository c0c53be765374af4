import Synchronization

@testable import TicketRuntime

/// A store that cannot do anything, and counts how often it was asked.
final class BrokenStore: TicketStore {
    let keyPrefix = "broken"
    private let asked = Atomic<Int>(0)

    var questions: Int { self.asked.load(ordering: .relaxed) }

    private func fail() -> TicketStoreError {
        self.asked.wrappingAdd(1, ordering: .relaxed)
        return TicketStoreError(.storeUnreachable, "the store is broken")
    }

    func issue(_ record: TicketRecord, under key: TicketKey) async throws(TicketStoreError) { throw self.fail() }

    func consume(
        _ key: TicketKey, by use: SpentTicket, failover: TicketFailover
    ) async throws(TicketStoreError) -> TicketLookup { throw self.fail() }

    func read(_ key: TicketKey, failover: TicketFailover) async throws(TicketStoreError) -> TicketLookup {
        throw self.fail()
    }

    func revoke(_ key: TicketKey, owner: SubjectDigest) async throws(TicketStoreError) -> TicketRevocation {
        throw self.fail()
    }

    func revokeAll(of owner: SubjectDigest, failover: TicketFailover) async throws(TicketStoreError) {
        throw self.fail()
    }

    func probe() async throws(TicketStoreError) -> String { throw self.fail() }
}
