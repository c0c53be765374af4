import ControlPlane
import FlagModel
import Testing

@Suite("Rollback")
struct RollbackTests {
    @Test("It is a new revision with the digest of the one before")
    func digest() async throws {
        let fixture = try await Fixture()
        let good = try fixture.head.snapshot.digest
        try await fixture.commit(try Fixture.percent(25))
        let outcome = try await fixture.rollback()
        #expect(outcome.revision == 3)
        #expect(outcome.restoredRevision == 1)
        #expect(outcome.digest == good)
        #expect(outcome.record?.origin == .rollback)
    }

    @Test("A second rollback goes further back; what the first took back never returns")
    func twice() async throws {
        let fixture = try await Fixture()
        try await fixture.commit(try Fixture.percent(10))
        try await fixture.commit(try Fixture.percent(25))
        try await fixture.rollback()
        #expect(try fixture.percentage == 10)
        let second = try await fixture.rollback()
        #expect(second.restoredRevision == 1)
        #expect(try fixture.percentage == nil)
        await #expect(throws: ControlPlaneError.nothingToRollBackTo(Fixture.environment, revision: 5)) {
            try await fixture.rollback()
        }
    }

    @Test(
        "After a commit that followed a rollback, the content before that commit is restored, then what came before it")
    func commitAfterRollback() async throws {
        let fixture = try await Fixture()
        try await fixture.commit(.set(Fixture.ttl, value: 40))  // 2
        try await fixture.commit(try Fixture.percent(90))  // 3, bad
        try await fixture.rollback()  // 4 = 2
        try await fixture.commit(try Fixture.percent(5))  // 5
        #expect(try await fixture.rollback().restoredRevision == 4)  // 6 = 4 = 2
        #expect(try fixture.percentage == nil)
        #expect(try await fixture.rollback().restoredRevision == 1)  // not 3, the bad one
        #expect(try fixture.head.content.flags[Fixture.ttl] == Fixture.duration(30))
    }

    @Test("To a named revision, its content is restored whatever it was")
    func named() async throws {
        let fixture = try await Fixture()
        let second = try await fixture.commit(try Fixture.percent(10))
        try await fixture.commit(.remove(Fixture.ttl))
        try await fixture.commit(.put("NEW", Fixture.toggle("on")))
        let outcome = try await fixture.rollback(to: 2)
        #expect(outcome.digest == second.digest)
        #expect(outcome.record?.flags == ["NEW", Fixture.ttl])
    }

    @Test("When everything is already so, no revision is made")
    func unchanged() async throws {
        let fixture = try await Fixture()
        try await fixture.commit(try Fixture.percent(10))
        try await fixture.rollback(to: 1)
        for target in [Int64(1), 3] {
            let outcome = try await fixture.rollback(to: target)
            #expect(!outcome.isChanged)
            #expect(outcome.revision == 3)
        }
    }

    @Test("The moment before which tickets are refused never moves backwards")
    func ticketsNotBefore() async throws {
        let fixture = try await Fixture()
        let moment = fixture.clock.now.advanced(byMilliseconds: -5)
        try await fixture.commit(try Fixture.percent(10))
        try await fixture.commit(.revokeTickets(before: moment))
        let outcome = try await fixture.rollback(to: 1)
        #expect(outcome.head.content.ticketsNotBefore == moment)
        #expect(outcome.head.content.ticketsNotBeforeRevision == 3)
        #expect(outcome.head.content.flags == (try Fixture.document().flags))
    }

    @Test("Without a target, a revision that only revoked tickets is passed over")
    func passesRevocation() async throws {
        let fixture = try await Fixture()
        try await fixture.commit(try Fixture.percent(10))
        try await fixture.commit(.revokeTickets(before: fixture.clock.now))
        let outcome = try await fixture.rollback()
        #expect(outcome.restoredRevision == 1)
        #expect(try fixture.percentage == nil)
    }

    @Test("Revoking tickets refuses those issued until now")
    func revokeTickets() async throws {
        let fixture = try await Fixture()
        try await fixture.commit(try Fixture.percent(10))
        fixture.clock.advance(milliseconds: 1234)
        let outcome = try await fixture.rollback(revokeTickets: true)
        #expect(outcome.head.content.ticketsNotBefore == fixture.clock.now)
        #expect(outcome.head.content.ticketsNotBeforeRevision == outcome.revision)
        #expect(outcome.difference.entries.contains { $0.key == "ticketsNotBefore" })
        // Again, with the flags already restored: only the moment moves.
        fixture.clock.advance(milliseconds: 1000)
        let again = try await fixture.rollback(to: 1, revokeTickets: true)
        #expect(again.isChanged)
        #expect(again.record?.flags == [])
        #expect(again.head.content.ticketsNotBefore == fixture.clock.now)
        #expect(again.head.content.ticketsNotBeforeRevision == again.revision)
    }

    @Test("A clock that was set back does not make revoked tickets good again")
    func clockSetBack() async throws {
        let fixture = try await Fixture()
        let moment = fixture.clock.now
        try await fixture.commit(.revokeTickets(before: moment), try Fixture.percent(10))
        fixture.clock.advance(milliseconds: -60_000)
        let outcome = try await fixture.rollback(revokeTickets: true)
        #expect(outcome.head.content.ticketsNotBefore == moment)
    }

    @Test("Without a target, a killed flag stays killed")
    func keepsKill() async throws {
        let fixture = try await Fixture()
        try await fixture.commit(.set(Fixture.ttl, value: 45))  // 2
        try await fixture.commit(try Fixture.percent(50))  // 3, bad
        try await fixture.kill(Fixture.tickets)  // 4
        let outcome = try await fixture.rollback()
        // Not 3, in which the flag was alive and nothing else differs.
        #expect(outcome.restoredRevision == 2)
        #expect(outcome.keptKilled == [Fixture.tickets])
        #expect(try fixture.head.content.flags[Fixture.tickets]?.isKilled == true)
        #expect(try fixture.percentage == nil)
        #expect(try fixture.head.content.flags[Fixture.ttl] == Fixture.duration(45))
        #expect(try await fixture.rollback().restoredRevision == 1)
        #expect(try fixture.head.content.flags[Fixture.tickets]?.isKilled == true)
    }

    @Test("To a named revision, a kill is lifted: that is what was asked for")
    func liftsKill() async throws {
        let fixture = try await Fixture()
        try await fixture.kill(Fixture.tickets)
        let outcome = try await fixture.rollback(to: 1)
        #expect(outcome.keptKilled.isEmpty)
        #expect(try fixture.head.content.flags[Fixture.tickets]?.isKilled == false)
    }

    @Test("It keeps the invariants that are in force now, and the settings as they are")
    func invariants() async throws {
        var document = try Fixture.document()
        document.settings.invariants = []
        document.flags[Fixture.fallback] = Fixture.toggle("off")
        let fixture = try await Fixture(document: document)
        _ = try await fixture.plane.apply(try Fixture.document(), reason: "interlock", by: Fixture.admin)
        let error = try await #require(throws: ControlPlaneError.self) { try await fixture.rollback() }
        guard case .invariantsViolated(_, let violations) = error else { throw error }
        #expect(violations.map(\.invariant) == ["pathway-reachable"])
        #expect(try fixture.head.settings.invariants.count == 1)
    }

    @Test("A revision that is not there is refused", arguments: [Int64(-3), 0, 2])
    func unknown(target: Int64) async throws {
        let fixture = try await Fixture()
        await #expect(
            throws: ControlPlaneError.unknownRevision(Fixture.environment, revision: target, newest: 1)
        ) { try await fixture.rollback(to: target) }
    }

    @Test("The first revision has nothing before it")
    func first() async throws {
        let fixture = try await Fixture()
        await #expect(throws: ControlPlaneError.nothingToRollBackTo(Fixture.environment, revision: 1)) {
            try await fixture.rollback()
        }
    }

    @Test("A dry run says which revision would be restored and writes nothing")
    func dryRun() async throws {
        let fixture = try await Fixture()
        try await fixture.commit(try Fixture.percent(10))
        let outcome = try await fixture.plane.rollback(
            in: Fixture.environment, reason: "look", by: Fixture.manager, dryRun: true)
        #expect(outcome.restoredRevision == 1)
        #expect(outcome.isChanged && outcome.isDryRun)
        #expect(try fixture.head.revision == 2)
    }

    @Test("In any order of commits, kills and rollbacks, no rollback brings back what one took back, or lifts a kill")
    func law() async throws {
        var random = SeededGenerator(seed: 42)
        for _ in 0..<40 {
            let fixture = try await Fixture()
            var takenBack: Set<String> = []
            for _ in 0..<12 {
                switch Int.random(in: 0..<6, using: &random) {
                case 0: try await fixture.kill(Fixture.tickets)
                case 1, 2, 3:
                    // Each time a share never used before, so that no commit makes again what was taken back.
                    try await fixture.commit(
                        try Fixture.percent(Double(Int.random(in: 1...99_999, using: &random)) / 1000))
                default:
                    let before = try fixture.head
                    do {
                        try await fixture.rollback()
                    } catch ControlPlaneError.nothingToRollBackTo {
                        continue
                    }
                    takenBack.insert(before.snapshot.digest)
                    let after = try fixture.head
                    #expect(!takenBack.contains(after.snapshot.digest))
                    #expect(
                        before.content.flags[Fixture.tickets]?.isKilled
                            == after.content.flags[Fixture.tickets]?.isKilled)
                }
            }
        }
    }
}
