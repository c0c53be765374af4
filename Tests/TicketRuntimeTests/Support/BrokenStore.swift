import Synchronization

@testable import TicketRuntime

/// A store that cannot do anything, or only say that it is well, and counts how often it was asked.
final class BrokenStore: TicketStore {
    let keyPrefix = "broken"
    private let asked = Atomic<Int>(0)
    private let answersProbes: Bool

    init(answersProbes: Bool = false) {
        self.answersProbes = answersProbes
    }

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

    func revoke(
        _ key: TicketKey, owner: SubjectDigest, failover: TicketFailover
    ) async throws(TicketStoreError) -> TicketRevocation { throw self.fail() }

    func retract(_ key: TicketKey, owner: SubjectDigest) async { self.asked.wrappingAdd(1, ordering: .relaxed) }

    func revokeAll(of owner: SubjectDigest, failover: TicketFailover) async throws(TicketStoreError) {
        throw self.fail()
    }

    func probe() async throws(TicketStoreError) -> String {
        guard self.answersProbes else { throw self.fail() }
        return "well"
    }
}
