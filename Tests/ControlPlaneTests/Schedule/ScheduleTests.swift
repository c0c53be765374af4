import ControlPlane
import FlagModel
import Testing

@Suite("Scheduled changes")
struct ScheduleTests {
    private static let hour: Int64 = 3_600_000

    /// A control plane whose manager holds a token, and an engine.
    private struct Bench {
        let fixture: Fixture
        let engine: ScheduleEngine

        init() async throws {
            self.fixture = try await Fixture()
            self.engine = ScheduleEngine(plane: self.fixture.plane)
            let hash = try #require(TokenHash(Array(repeating: 1, count: 32)))
            _ = try await self.fixture.plane.createToken(
                TokenGrant(name: "rosa", role: .releaseManager), hash: hash, by: Fixture.admin)
        }

        @discardableResult
        func schedule(
            _ changes: FlagChange..., after milliseconds: Int64 = ScheduleTests.hour,
            ifMissed: ScheduledChange.IfMissed = .runLate, by author: Author = Fixture.manager
        ) async throws -> ScheduleOutcome {
            try await self.fixture.plane.schedule(
                .changes(changes),
                ScheduleTerms(at: self.fixture.clock.now.advanced(byMilliseconds: milliseconds), ifMissed: ifMissed),
                in: Fixture.environment, baseRevision: try self.fixture.head.revision, reason: "the campaign begins",
                by: author)
        }

        func pass(_ milliseconds: Int64) async throws {
            self.fixture.clock.advance(milliseconds: milliseconds)
            try await self.engine.advance()
        }

        var record: ScheduledChange {
            get async throws { try await self.fixture.plane.schedule(1, in: Fixture.environment).record }
        }
    }

    @Test("It is made at its time, once, by its author, in one transaction with the note of it")
    func execution() async throws {
        let bench = try await Bench()
        try await bench.schedule(.set(Fixture.ttl, value: 40))
        try await bench.pass(Self.hour - 1)
        #expect(try bench.fixture.head.revision == 1)
        let transactions = bench.fixture.storage.transactions
        try await bench.pass(1)
        #expect(bench.fixture.storage.transactions == transactions + 1)
        for _ in 0..<5 { try await bench.pass(1000) }
        let record = try await bench.record
        #expect(record.state == .executed && record.revision == 2)
        #expect(try bench.fixture.head.revision == 2)
        let revision = try #require(try await bench.fixture.plane.history(of: Fixture.environment).revisions.first)
        #expect(revision.author == "rosa" && revision.reason == "the campaign begins" && revision.origin == .commit)
        #expect(try await bench.fixture.plane.verifyAudit().fault == nil)
    }

    @Test("What is listed says what will change")
    func preview() async throws {
        let bench = try await Bench()
        let outcome = try await bench.schedule(.set(Fixture.ttl, value: 40))
        #expect(outcome.preview.difference.entries.map(\.key) == ["WEBSOCKET_TICKET_TTL"])
        let view = try #require(try await bench.fixture.plane.schedules(of: Fixture.environment).first)
        #expect(view.difference == outcome.preview.difference)
    }

    @Test("What others changed since is not overwritten: it is refused, says who, and tells webhooks")
    func stale() async throws {
        let bench = try await Bench()
        _ = try await bench.fixture.plane.createWebhook(
            WebhookGrant(name: "ops", url: "https://example.com", events: [.scheduleRefused]),
            secret: try #require(WebhookSecret(Array(repeating: 7, count: 32))), by: Fixture.admin)
        try await bench.schedule(.set(Fixture.ttl, value: 40))
        try await bench.fixture.commit(.set(Fixture.ttl, value: 50))
        try await bench.pass(Self.hour)
        let record = try await bench.record
        #expect(record.state == .refused && record.revision == nil)
        #expect(record.note?.contains("WEBSOCKET_TICKET_TTL (in revision 2 by rosa)") == true)
        #expect(try bench.fixture.head.content.flags[Fixture.ttl] == Fixture.duration(50))
        #expect(try await bench.fixture.plane.deliveries(of: "ops").map(\.event) == ["schedule.refused"])
        #expect(try await bench.fixture.plane.audit().entries.last?.action == "schedules.refused")
        for _ in 0..<3 { try await bench.pass(1000) }
        #expect(try await bench.fixture.plane.deliveries(of: "ops").count == 1)
    }

    @Test("Another revision alone does not hold it up, when it touches something else")
    func otherFlag() async throws {
        let bench = try await Bench()
        try await bench.schedule(.set(Fixture.ttl, value: 40))
        try await bench.fixture.commit(try Fixture.percent(10))
        try await bench.pass(Self.hour)
        #expect(try await bench.record.state == .executed)
        #expect(try bench.fixture.percentage == 10)
    }

    @Test("A document does not revert what it does not mean to change, nor overwrite what was changed since")
    func document() async throws {
        let bench = try await Bench()
        var document = try Fixture.document()
        document.flags[Fixture.ttl] = Fixture.duration(40)
        document.statedSettings = []
        func schedule() async throws {
            _ = try await bench.fixture.plane.schedule(
                .document(document, prunes: false),
                ScheduleTerms(at: bench.fixture.clock.now.advanced(byMilliseconds: Self.hour), ifMissed: .runLate),
                in: Fixture.environment, baseRevision: nil, reason: "new", by: Fixture.manager)
        }
        try await schedule()
        try await bench.fixture.commit(try Fixture.percent(10))
        try await bench.pass(Self.hour)
        let record = try await bench.record
        #expect(record.state == .refused && record.note?.contains("ENABLE_WEBSOCKET_TICKETS") == true)
        try await schedule()
        try await bench.pass(Self.hour)
        #expect(try await bench.fixture.plane.schedule(2, in: Fixture.environment).record.state == .executed)
    }

    @Test("When everything is already as it asks, it ends without a revision, and does not come again")
    func alreadySo() async throws {
        let bench = try await Bench()
        try await bench.schedule(.set(Fixture.ttl, value: 40))
        try await bench.fixture.commit(.set(Fixture.ttl, value: 40))
        for _ in 0..<3 { try await bench.pass(Self.hour) }
        let record = try await bench.record
        #expect(record.state == .executed && record.revision == nil && record.note != nil)
        #expect(try bench.fixture.head.revision == 2)
    }

    @Test("An invariant that holds by then refuses it")
    func invariant() async throws {
        let bench = try await Bench()
        try await bench.fixture.commit(try Fixture.percent(100))
        try await bench.schedule(.serve(Fixture.fallback, variant: "off"))
        try await bench.fixture.rollback(to: 1)
        try await bench.pass(Self.hour)
        let record = try await bench.record
        #expect(record.state == .refused && record.note?.contains("pathway-reachable") == true)
    }

    @Test("A token that was revoked meanwhile, or is another one of that name, refuses it")
    func authority() async throws {
        let bench = try await Bench()
        try await bench.schedule(.set(Fixture.ttl, value: 40))
        _ = try await bench.fixture.plane.revokeToken(named: "rosa", by: Fixture.admin)
        let hash = try #require(TokenHash(Array(repeating: 2, count: 32)))
        _ = try await bench.fixture.plane.createToken(
            TokenGrant(name: "rosa", role: .admin), hash: hash, by: Fixture.admin)
        try await bench.pass(Self.hour)
        #expect(try await bench.record.note == "rosa may not commit in development any more")
    }

    @Test("An author without a token of ours is believed only where the engine is told so")
    func trusted() async throws {
        let bench = try await Bench()
        for number in [40, 41] {
            try await bench.schedule(
                .set(Fixture.ttl, value: .integer(Int64(number))), after: Self.hour + Int64(number) * 1000,
                by: .configuredAdmin)
        }
        bench.fixture.clock.advance(milliseconds: Self.hour + 40_000)
        try await ScheduleEngine(plane: bench.fixture.plane, trusted: ["configured-admin"]).advance()
        #expect(try await bench.record.state == .executed)
        try await bench.pass(1000)
        let second = try await bench.fixture.plane.schedule(2, in: Fixture.environment).record
        #expect(second.note?.contains("may not commit") == true)
    }

    @Test("Missed while nobody looked, it is made late or left out, as was said; a little late is not missed")
    func missed() async throws {
        let bench = try await Bench()
        try await bench.schedule(.set(Fixture.ttl, value: 40), ifMissed: .skip(grace: 60))
        try await bench.schedule(try Fixture.percent(10), ifMissed: .runLate)
        try await bench.schedule(
            .serve(Fixture.fallback, variant: "on"), after: 5 * Self.hour - 60_000, ifMissed: .skip(grace: 60))
        try await bench.pass(5 * Self.hour)
        let states = try await bench.fixture.plane.schedules(of: Fixture.environment, waitingOnly: false)
        #expect(states.map(\.record.state) == [.executed, .executed, .skipped])
        #expect(try bench.fixture.head.content.flags[Fixture.ttl] == Fixture.duration(30))
        #expect(try await bench.record.note?.contains("4h late") == true)
    }

    @Test("A freeze that opened meanwhile holds it back until it ends, or until it is too late")
    func frozen() async throws {
        let bench = try await Bench()
        try await bench.schedule(.set(Fixture.ttl, value: 40), ifMissed: .runLate)
        try await bench.schedule(try Fixture.percent(10), ifMissed: .skip(grace: 60))
        var document = try Fixture.document()
        let now = bench.fixture.clock.now
        document.settings.freezes = [
            FreezeWindow(name: "quiet", times: .once(from: now, to: now.advanced(byMilliseconds: 2 * Self.hour)))
        ]
        _ = try await bench.fixture.plane.apply(document, reason: "freeze", by: Fixture.admin)
        try await bench.pass(Self.hour)
        #expect(try await bench.record.state == .waiting)
        try await bench.pass(61_000)
        #expect(try await bench.fixture.plane.schedule(2, in: Fixture.environment).record.state == .skipped)
        try await bench.pass(Self.hour)
        #expect(try await bench.record.state == .executed)
        let error = try await #require(throws: ControlPlaneError.self) {
            bench.fixture.clock.advance(milliseconds: -2 * Self.hour)
            try await bench.schedule(.set(Fixture.ttl, value: 41))
        }
        guard case .frozen = error else { throw error }
    }

    @Test("It can be cancelled while it waits, and not afterwards")
    func cancellation() async throws {
        let bench = try await Bench()
        try await bench.schedule(.set(Fixture.ttl, value: 40))
        try await bench.fixture.plane.cancelSchedule(
            1, in: Fixture.environment, reason: "postponed", by: Fixture.admin)
        try await bench.pass(2 * Self.hour)
        #expect(try await bench.record.state == .cancelled)
        await #expect(throws: ControlPlaneError.scheduleRefused(1, .cancelled)) {
            try await bench.fixture.plane.cancelSchedule(
                1, in: Fixture.environment, reason: "again", by: Fixture.admin)
        }
    }

    @Test("What could not be made now cannot be scheduled: a stale base, a broken invariant, settings, the past")
    func refusals() async throws {
        let bench = try await Bench()
        let plane = bench.fixture.plane
        let terms = ScheduleTerms(at: bench.fixture.clock.now.advanced(byMilliseconds: Self.hour), ifMissed: .runLate)
        await #expect(throws: ControlPlaneError.self) {
            try await bench.schedule(.set(Fixture.ttl, value: 40), after: 0)
        }
        await #expect(throws: ControlPlaneError.self) {
            try await bench.schedule(.serve(Fixture.fallback, variant: "off"))
        }
        try await bench.fixture.commit(try Fixture.percent(10))
        await #expect(throws: ControlPlaneError.self) {
            try await plane.schedule(
                .changes([.set(Fixture.ttl, value: 40)]), terms, in: Fixture.environment, baseRevision: 1,
                reason: "late", by: Fixture.manager)
        }
        var document = try Fixture.document()
        document.settings.isProtected = true
        await #expect(throws: ControlPlaneError.self) {
            try await plane.schedule(
                .document(document, prunes: false), terms, in: Fixture.environment, baseRevision: nil, reason: "x",
                by: Fixture.admin)
        }
        #expect(try await plane.schedules(of: Fixture.environment, waitingOnly: false).isEmpty)
    }

    @Test("A rollout of the flag is paused by it, as by any change")
    func rollout() async throws {
        let run = try await RolloutRun("1%:10m,100%")
        try await run.start()
        _ = try await run.fixture.plane.schedule(
            .changes([.disable(Fixture.tickets)]),
            ScheduleTerms(at: run.fixture.clock.now.advanced(byMilliseconds: 60_000), ifMissed: .runLate),
            in: Fixture.environment, baseRevision: nil, reason: "off", by: .configuredAdmin)
        run.fixture.clock.advance(milliseconds: 60_000)
        try await ScheduleEngine(plane: run.fixture.plane, trusted: ["configured-admin"]).advance()
        #expect(try await run.record.machine.phase.reason?.kind == .changedByOthers)
    }
}
