import ControlPlane
import FlagModel
import Testing

@Suite("Audit")
struct AuditTests {
    private func fixture() async throws -> Fixture {
        let fixture = try await Fixture()
        try await fixture.commit(try Fixture.percent(10))
        try await fixture.plane.recordAction(
            "tickets.revoke", in: Fixture.environment, reason: "stolen", detail: ["count": 3], by: Fixture.manager)
        _ = try await fixture.plane.apply(try Fixture.document("staging"), reason: "new", by: Fixture.admin)
        try await fixture.rollback()
        return fixture
    }

    @Test("Every change has its entry, in one chain")
    func entries() async throws {
        let fixture = try await self.fixture()
        let slice = try await fixture.plane.audit()
        #expect(
            slice.entries.map(\.action) == [
                "flags.apply", "flags.commit", "tickets.revoke", "flags.apply", "flags.rollback", "reviews.open",
            ])
        #expect(slice.entries.map(\.revision) == [1, 2, nil, 1, 3, nil])
        #expect(slice.lastSequence == 6)
        #expect(slice.lastDigest == slice.entries.last?.digest)
        #expect(try await fixture.plane.verifyAudit().fault == nil)
        #expect(try await fixture.plane.verifyAudit().entries == 6)
    }

    @Test("A change of settings alone has an entry that tells what they were and are")
    func settings() async throws {
        let fixture = try await Fixture()
        var document = try Fixture.document()
        document.settings.isProtected = true
        _ = try await fixture.plane.apply(document, reason: "protect", by: Fixture.admin)
        let entry = try #require(try await fixture.plane.audit().entries.last)
        #expect(entry.action == "environments.apply")
        #expect(entry.detail["settings"]?["protected"] == true)
        #expect(entry.detail["settingsBefore"]?["protected"] == false)
    }

    @Test("It is read in parts, forwards from any entry or from the newest ones")
    func parts() async throws {
        let fixture = try await self.fixture()
        let first = try await fixture.plane.audit(after: 0, limit: 2)
        #expect(first.entries.map(\.sequence) == [1, 2])
        #expect(first.nextAfter == 2)
        let rest = try await fixture.plane.audit(after: 2, limit: 4)
        #expect(rest.entries.map(\.sequence) == [3, 4, 5, 6])
        #expect(rest.nextAfter == nil)
        #expect(try await fixture.plane.audit(limit: 2).entries.map(\.sequence) == [5, 6])
    }

    @Test("Who may see some environments sees only what concerns them")
    func scoped() async throws {
        let fixture = try await self.fixture()
        let slice = try await fixture.plane.audit(after: 0, environments: ["staging"])
        #expect(slice.entries.map(\.sequence) == [4])
        #expect(try await fixture.plane.audit(environments: []).entries.isEmpty)
    }

    @Test("An empty audit is whole")
    func empty() async throws {
        let plane = try await ControlPlane(storage: MemoryStorage(), now: { Timestamp(millisecondsSinceEpoch: 0) })
        #expect(try await plane.verifyAudit() == AuditVerification.whole)
        #expect(try await plane.audit().lastDigest == AuditEntry.origin)
    }

    @Test("Entries cut off at the end are missed, because revisions are left that no entry tells of")
    func truncated() async throws {
        let fixture = try await self.fixture()
        fixture.storage.edit { $0.audit.removeLast(2) }
        let verification = try await fixture.plane.verifyAudit()
        #expect(verification.fault == "no entry tells of revision 3 of development")
        #expect(verification.entries == 4)
    }

    @Test("A revision that was changed behind the audit's back is found")
    func rewritten() async throws {
        let fixture = try await self.fixture()
        fixture.storage.edit { $0.history[Fixture.environment]?[1].record.author = "someone else" }
        #expect(
            try await fixture.plane.verifyAudit().fault
                == "revision 2 of development is not the one that entry 2 tells of")
    }

    @Test("Flags that were changed behind the audit's back are found")
    func otherFlags() async throws {
        let fixture = try await self.fixture()
        fixture.storage.edit { $0.history[Fixture.environment]?[0].content.flags[Fixture.ttl] = Fixture.duration(31) }
        let fault = try await fixture.plane.verifyAudit().fault
        #expect(fault == "the flags of revision 1 of development were changed: they do not have its digest")
    }
}

extension AuditVerification {
    fileprivate static var whole: Self { Self(entries: 0, lastDigest: AuditEntry.origin, fault: nil) }
}
