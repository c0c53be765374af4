import FlagModel
import Logging
import TestSupport
import Testing

@testable import TicketRuntime

@Suite("Applying snapshots")
struct ApplyTests {
    private func runtime() -> TicketRuntime {
        TicketRuntime(
            TicketConfiguration(environment: "testing", instance: "a", allowedOrigins: .any),
            store: MemoryTicketStore(), logger: CapturedLog().logger)
    }

    @Test("A revocation that is put in force while the store is asked is obeyed")
    func revokedMeanwhile() async throws {
        let store = InterruptedStore()
        let runtime = TicketRuntime(
            TicketConfiguration(environment: "testing", instance: "a", allowedOrigins: .any), store: store,
            logger: CapturedLog().logger)
        runtime.apply(EnvironmentContent.open.snapshot())
        @Sendable func revoke(revision: Int64) {
            var content = EnvironmentContent.open
            content.ticketsNotBeforeRevision = revision
            runtime.apply(content.snapshot(revision: revision))
        }
        let consumed = try await runtime.issue(for: .user()).id
        store.interrupt { revoke(revision: 2) }
        await #expect(throws: TicketRefusal.revoked) { try await runtime.consume(consumed) }
        let validated = try await runtime.issue(for: .user()).id
        store.interrupt { revoke(revision: 3) }
        #expect(try await runtime.validate(validated).reason == .revoked)
    }

    @Test("A newer revision replaces an older one")
    func newer() {
        let runtime = self.runtime()
        #expect(runtime.apply(EnvironmentContent.open.snapshot(revision: 1)) == .applied)
        #expect(runtime.apply(EnvironmentContent().snapshot(revision: 2)) == .applied)
        #expect(runtime.policy.revision == 2)
        #expect(!runtime.policy.isEnabledForAnyone)
    }

    @Test("An older revision never replaces a newer one")
    func older() {
        let runtime = self.runtime()
        runtime.apply(EnvironmentContent().snapshot(revision: 5))
        #expect(runtime.apply(EnvironmentContent.open.snapshot(revision: 4)) == .stale(current: 5))
        #expect(!runtime.policy.isEnabledForAnyone)
    }

    @Test("The same revision again changes nothing")
    func same() {
        let runtime = self.runtime()
        runtime.apply(EnvironmentContent.open.snapshot(revision: 3))
        #expect(runtime.apply(EnvironmentContent.open.snapshot(revision: 3)) == .unchanged)
    }

    @Test("The same revision is applied again when other flags are stale, an older one is not")
    func stale() {
        let runtime = self.runtime()
        let snapshot = EnvironmentContent.open.snapshot(revision: 3)
        runtime.apply(snapshot)
        #expect(runtime.apply(snapshot, stale: [TicketFlags.tickets]) == .applied)
        #expect(!runtime.policy.isEnabledForAnyone)
        #expect(runtime.apply(snapshot, stale: [TicketFlags.tickets]) == .unchanged)
        #expect(runtime.apply(EnvironmentContent.open.snapshot(revision: 2)) == .stale(current: 3))
        #expect(runtime.apply(snapshot) == .applied)
        #expect(runtime.policy.isEnabledForAnyone)
    }

    @Test("Another environment's snapshot is not applied")
    func otherEnvironment() {
        let runtime = self.runtime()
        let snapshot = EnvironmentContent.open.snapshot(revision: 9, environment: "production")
        #expect(runtime.apply(snapshot) == .otherEnvironment)
        #expect(runtime.policy.revision == 0)
    }

    @Test("Of many snapshots applied at once, the newest is in force at the end")
    func concurrent() async {
        let runtime = self.runtime()
        await withTaskGroup { group in
            for revision in (1...200).shuffled() {
                group.addTask { runtime.apply(EnvironmentContent.open.snapshot(revision: Int64(revision))) }
            }
        }
        #expect(runtime.policy.revision == 200)
    }

    @Test("A flag that cannot decide is logged once, not with every snapshot")
    func problemsLoggedOnce() {
        let log = CapturedLog()
        let runtime = TicketRuntime(
            TicketConfiguration(environment: "testing", instance: "a", allowedOrigins: .any),
            store: MemoryTicketStore(), logger: log.logger)
        let content = EnvironmentContent.open.with(TicketFlags.ttl, nil)
        runtime.apply(content.snapshot(revision: 1))
        runtime.apply(content.snapshot(revision: 2))
        let warnings = log.lines.filter { $0.level == .warning }
        #expect(warnings.map { $0.metadata["ticket.flag"] } == ["WEBSOCKET_TICKET_TTL"])
    }
}
