import ControlPlane
import FlagModel
import Testing

@Suite("Commits")
struct CommitTests {
    @Test("A commit makes exactly one revision, however many flags it touches")
    func oneRevision() async throws {
        let fixture = try await Fixture()
        let outcome = try await fixture.commit(try Fixture.percent(25), .set(Fixture.ttl, value: 60))
        #expect(outcome.revision == 2)
        #expect(outcome.previousRevision == 1)
        #expect(outcome.record?.flags == [Fixture.tickets, Fixture.ttl])
        #expect(outcome.difference.entries.map(\.key) == [Fixture.tickets.text, Fixture.ttl.text])
        #expect(try fixture.head.revision == 2)
        #expect(try fixture.head.snapshot.digest == outcome.digest)
    }

    @Test("A changeset on a stale base is refused with what changed since, and nothing is written")
    func conflict() async throws {
        let fixture = try await Fixture()
        try await fixture.commit(try Fixture.percent(10))
        try await fixture.commit(.set(Fixture.ttl, value: 45))
        let transactions = fixture.storage.transactions
        let error = try await #require(throws: ControlPlaneError.self) {
            try await fixture.plane.commit(
                Changeset(baseRevision: 1, reason: "late", changes: [try Fixture.percent(50)]),
                in: Fixture.environment, by: Fixture.manager)
        }
        guard case .conflict(let conflict) = error else { throw error }
        #expect(conflict.base == 1)
        #expect(conflict.current == 3)
        #expect(conflict.difference.entries.map(\.key) == [Fixture.tickets.text, Fixture.ttl.text])
        #expect(fixture.storage.transactions == transactions)
        #expect(try fixture.percentage == 10)
    }

    @Test("A base that never was is named with the revisions there are", arguments: [Int64(-1), 2, .max])
    func unknownBase(base: Int64) async throws {
        let fixture = try await Fixture()
        await #expect(
            throws: ControlPlaneError.unknownRevision(Fixture.environment, revision: base, newest: 1)
        ) {
            try await fixture.plane.commit(
                Changeset(baseRevision: base, reason: "x", changes: []), in: Fixture.environment, by: Fixture.manager)
        }
    }

    @Test("Tickets are revoked up to the revision being made, and never from a moment that is still to come")
    func revokeTickets() async throws {
        let fixture = try await Fixture()
        let now = fixture.clock.now
        let later = now.advanced(byMilliseconds: 1)
        let error = try await #require(throws: ControlPlaneError.self) {
            try await fixture.commit(try Fixture.percent(10), .revokeTickets(before: later))
        }
        guard case .invalidChange(let fault) = error else { throw error }
        #expect(fault.position == 1)
        #expect(fault.description.contains("later than now"))
        #expect(try fixture.head.revision == 1)
        let content = try await fixture.commit(.revokeTickets(before: now)).head.content
        #expect(content.ticketsNotBefore == now)
        #expect(content.ticketsNotBeforeRevision == 2)
    }

    @Test("A changeset that changes nothing makes no revision")
    func unchanged() async throws {
        let fixture = try await Fixture()
        let transactions = fixture.storage.transactions
        let outcome = try await fixture.commit(.serve(Fixture.tickets, variant: "off"))
        #expect(!outcome.isChanged)
        #expect(outcome.revision == 1)
        #expect(outcome.difference.isEmpty)
        #expect(fixture.storage.transactions == transactions)
    }

    @Test("A dry run decides the same and writes nothing")
    func dryRun() async throws {
        let fixture = try await Fixture()
        let changeset = Changeset(baseRevision: 1, reason: "look", changes: [try Fixture.percent(25)])
        let transactions = fixture.storage.transactions
        let preview = try await fixture.plane.commit(
            changeset, in: Fixture.environment, by: Fixture.manager, dryRun: true)
        #expect(preview.isDryRun)
        #expect(preview.isChanged)
        #expect(fixture.storage.transactions == transactions)
        #expect(try fixture.head.revision == 1)
        let outcome = try await fixture.plane.commit(changeset, in: Fixture.environment, by: Fixture.manager)
        #expect(outcome.digest == preview.digest)
        #expect(outcome.record == preview.record)
        #expect(outcome.difference == preview.difference)
    }

    @Test("An unknown flag is named, with the one that was perhaps meant")
    func unknownFlag() async throws {
        let fixture = try await Fixture()
        await #expect(
            throws: ControlPlaneError.unknownFlag(
                "ENABLE_WEBSOCKET_TICKET", Fixture.environment, suggestion: Fixture.tickets.text)
        ) {
            try await fixture.commit(.enable("ENABLE_WEBSOCKET_TICKET"))
        }
    }

    @Test("An unknown environment is named, with the one that was perhaps meant")
    func unknownEnvironment() async throws {
        let fixture = try await Fixture()
        let expected = ControlPlaneError.unknownEnvironment("developmnet", suggestion: "development")
        await #expect(throws: expected) {
            try await fixture.plane.commit(
                Changeset(baseRevision: 1, reason: "x", changes: []), in: "developmnet", by: Fixture.manager)
        }
        #expect(throws: expected) { try fixture.plane.snapshot(of: "developmnet") }
        #expect(throws: expected) { try fixture.plane.subscribe(to: "developmnet") }
    }

    @Test("A value outside its bounds is refused with its place, and no step before it is done")
    func invalid() async throws {
        let fixture = try await Fixture()
        let error = try await #require(throws: ControlPlaneError.self) {
            try await fixture.commit(try Fixture.percent(50), .set(Fixture.ttl, value: 3601))
        }
        guard case .invalidChange(let change) = error else { throw error }
        #expect(change.position == 1)
        #expect(change.issues.map(\.path) == ["WEBSOCKET_TICKET_TTL.variants.default"])
        #expect(try fixture.percentage == nil)
    }

    @Test("The last working pathway cannot be switched off: the refusal names the flags and what to do")
    func invariant() async throws {
        let fixture = try await Fixture()
        let error = try await #require(throws: ControlPlaneError.self) {
            try await fixture.commit(.serve(Fixture.fallback, variant: "off"))
        }
        guard case .invariantsViolated(Fixture.environment, let violations) = error else { throw error }
        #expect(violations.map(\.flags) == [[Fixture.tickets, Fixture.fallback]])
        #expect(error.description.contains("keep one pathway open to everyone"))
        #expect(error.description.contains(Fixture.fallback.text))
        #expect(try fixture.head.revision == 1)
    }

    @Test("One pathway is swapped for another in one changeset")
    func swap() async throws {
        let fixture = try await Fixture()
        let outcome = try await fixture.commit(
            .serve(Fixture.fallback, variant: "off"), .serve(Fixture.tickets, variant: "on"))
        #expect(outcome.revision == 2)
    }

    @Test("A reason is needed, of 1 to 500 characters", arguments: ["", "  \n\t ", String(repeating: "é", count: 501)])
    func reason(text: String) async throws {
        let fixture = try await Fixture()
        await #expect(throws: ControlPlaneError.invalidReason(length: text.count > 500 ? 501 : 0)) {
            try await fixture.commit(try Fixture.percent(1), reason: text)
        }
        await #expect(throws: ControlPlaneError.self) {
            try await fixture.plane.kill(Fixture.tickets, in: Fixture.environment, reason: text, by: Fixture.manager)
        }
        await #expect(throws: ControlPlaneError.self) {
            try await fixture.plane.rollback(in: Fixture.environment, reason: text, by: Fixture.manager)
        }
    }

    @Test("A reason is kept without the white space around it")
    func trimmedReason() async throws {
        let fixture = try await Fixture()
        let outcome = try await fixture.commit(try Fixture.percent(1), reason: " \n first cohort: 1 %\t")
        #expect(outcome.record?.reason == "first cohort: 1 %")
    }

    @Test("Control characters in a reason or a name become spaces")
    func controlCharacters() async throws {
        let fixture = try await Fixture()
        let outcome = try await fixture.plane.kill(
            Fixture.tickets, in: Fixture.environment, reason: "a\u{0}b\u{1B}[31m\nsecond line",
            by: Author(name: "ro\u{0}sa", role: .operator))
        #expect(outcome.record?.reason == "a b [31m\nsecond line")
        #expect(outcome.record?.author == "ro sa")
    }

    @Test("A storage that fails changes nothing that can be seen")
    func failure() async throws {
        let fixture = try await Fixture()
        let failure = StorageFailure(.full, "no space", at: "db", cure: "free some")
        fixture.storage.fail(with: failure)
        await #expect(throws: ControlPlaneError.storage(failure)) { try await fixture.commit(try Fixture.percent(5)) }
        #expect(try fixture.head.revision == 1)
        fixture.storage.fail(with: nil)
        #expect(try await fixture.commit(try Fixture.percent(5)).revision == 2)
    }

    @Test("Kill and rollback are urgent, commits are not")
    func urgency() async throws {
        let fixture = try await Fixture()
        try await fixture.commit(try Fixture.percent(5))
        try await fixture.kill(Fixture.tickets)
        try await fixture.rollback(to: 1)
        #expect(fixture.storage.urgencies == [.normal, .normal, .emergency, .emergency])
    }
}
