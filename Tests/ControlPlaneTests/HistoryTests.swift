import ControlPlane
import FlagModel
import Testing

@Suite("History")
struct HistoryTests {
    private func fixture() async throws -> Fixture {
        let fixture = try await Fixture()
        try await fixture.commit(try Fixture.percent(10), reason: "ten")
        try await fixture.commit(.set(Fixture.ttl, value: 40), reason: "forty")
        try await fixture.kill(Fixture.tickets)
        try await fixture.rollback(to: 2)
        return fixture
    }

    @Test("It tells who did what, when and why, newest first")
    func lines() async throws {
        let fixture = try await self.fixture()
        let page = try await fixture.plane.history(of: Fixture.environment)
        #expect(page.nextBefore == nil)
        #expect(page.revisions.map(\.number) == [5, 4, 3, 2, 1])
        #expect(page.revisions.map(\.origin) == [.rollback, .kill, .commit, .commit, .apply])
        #expect(page.revisions.map(\.reason) == ["take it back", "stop it", "forty", "ten", "start"])
        #expect(page.revisions.map(\.author) == ["rosa", "rosa", "rosa", "rosa", "ada"])
        #expect(page.revisions.map(\.restoredRevision) == [2, nil, nil, nil, nil])
        #expect(page.revisions[0].flags == [Fixture.tickets, Fixture.ttl])
        #expect(page.revisions[0].digest == page.revisions[3].digest)
    }

    @Test("Pages join without gap or overlap", arguments: [1, 2, 3, 5, 6])
    func pages(limit: Int) async throws {
        let fixture = try await self.fixture()
        var numbers: [Int64] = []
        var before: Int64?
        repeat {
            let page = try await fixture.plane.history(of: Fixture.environment, before: before, limit: limit)
            #expect(page.revisions.count <= limit)
            numbers += page.revisions.map(\.number)
            before = page.nextBefore
        } while before != nil
        #expect(numbers == [5, 4, 3, 2, 1])
    }

    @Test("A flag's own history begins with who changed it last")
    func blame() async throws {
        let fixture = try await self.fixture()
        let page = try await fixture.plane.history(of: Fixture.environment, flag: Fixture.ttl, limit: 1)
        #expect(page.revisions.map(\.number) == [5])
        #expect(page.nextBefore == 5)
        let all = try await fixture.plane.history(of: Fixture.environment, flag: Fixture.ttl)
        #expect(all.revisions.map(\.number) == [5, 3, 1])
        #expect(try await fixture.plane.history(of: Fixture.environment, flag: Fixture.fallback).revisions.count == 1)
        #expect(try await fixture.plane.history(of: Fixture.environment, flag: "NO").revisions.isEmpty)
    }

    @Test("The difference of two revisions reads in either direction")
    func difference() async throws {
        let fixture = try await self.fixture()
        let forth = try await fixture.plane.difference(in: Fixture.environment, from: 1, to: 3)
        let back = try await fixture.plane.difference(in: Fixture.environment, from: 3, to: 1)
        #expect(forth.entries.map(\.key) == [Fixture.tickets.text, Fixture.ttl.text])
        #expect(
            back.entries.map(\.members).map { $0.map(\.after) } == forth.entries.map(\.members).map { $0.map(\.before) }
        )
        #expect(try await fixture.plane.difference(in: Fixture.environment, from: 2, to: 5).isEmpty)
        let birth = try await fixture.plane.difference(in: Fixture.environment, from: 0, to: 1)
        #expect(birth.entries.map(\.kind) == [.added, .added, .added])
    }

    @Test("Any revision can be looked at as it was")
    func snapshots() async throws {
        let fixture = try await self.fixture()
        let records = try await fixture.plane.history(of: Fixture.environment).revisions
        for record in records {
            let snapshot = try await fixture.plane.snapshot(of: Fixture.environment, at: record.number)
            #expect(snapshot.revision == record.number)
            #expect(snapshot.digest == record.digest)
        }
        #expect(try await fixture.plane.snapshot(of: Fixture.environment, at: 0).content == EnvironmentContent())
    }

    @Test("A revision that is not there is refused", arguments: [Int64(-1), 6])
    func unknown(revision: Int64) async throws {
        let fixture = try await self.fixture()
        let expected = ControlPlaneError.unknownRevision(Fixture.environment, revision: revision, newest: 5)
        await #expect(throws: expected) {
            try await fixture.plane.snapshot(of: Fixture.environment, at: revision)
        }
        await #expect(throws: expected) {
            try await fixture.plane.difference(in: Fixture.environment, from: 1, to: revision)
        }
    }
}
