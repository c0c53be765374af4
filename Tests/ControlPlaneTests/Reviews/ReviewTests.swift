import ControlPlane
import FlagModel
import Testing

@Suite("Review items")
struct ReviewTests {
    private static let night = Author(name: "nils", role: .operator)

    @Test("A kill opens one, in its own transaction, and says its number")
    func kill() async throws {
        let fixture = try await Fixture()
        let transactions = fixture.storage.transactions
        let outcome = try await fixture.kill(Fixture.tickets)
        #expect(fixture.storage.transactions == transactions + 1)
        #expect(outcome.review == 1)
        let review = try #require(try await fixture.plane.reviews(of: Fixture.environment).first)
        #expect(review.cause == .kill && review.author == "rosa" && review.reason == "stop it")
        #expect(review.revision == outcome.revision && review.flags == [Fixture.tickets])
    }

    @Test("A rollback opens one")
    func rollback() async throws {
        let fixture = try await Fixture()
        try await fixture.commit(.set(Fixture.ttl, value: 40))
        #expect(try await fixture.rollback().review == 1)
        #expect(try await fixture.plane.review(1, in: Fixture.environment).cause == .rollback)
    }

    @Test("What changes nothing, what is only tried, and an ordinary commit open none")
    func none() async throws {
        let fixture = try await Fixture()
        try await fixture.kill(Fixture.tickets)
        #expect(try await fixture.kill(Fixture.tickets).review == nil)
        #expect(try await fixture.commit(.enable(Fixture.tickets)).review == nil)
        let tried = try await fixture.plane.kill(
            Fixture.tickets, in: Fixture.environment, reason: "try", by: Fixture.admin, dryRun: true)
        #expect(tried.review == nil)
        #expect(try await fixture.plane.reviews(of: Fixture.environment, openOnly: false).count == 1)
    }

    @Test("A rollout that goes back by itself opens one, with the guard's reading, that anyone may close")
    func automaticRollback() async throws {
        let run = try await RolloutRun("25%:10m,100%", guards: [RolloutBench.failures])
        try await run.start()
        try await run.pass(5)
        run.conditions.withLock {
            $0.counts = GuardCounts(
                cohort: Tally(attempts: 1000, failures: 300), rest: Tally(attempts: 1000, failures: 5))
        }
        try await run.pass(5)
        let plane = run.fixture.plane
        let review = try #require(try await plane.reviews(of: Fixture.environment).first)
        #expect(review.cause == .rolloutRollback && review.rollout == 1 && review.author == "system")
        #expect(review.evidence?["rest"]?["failures"] == 5)
        #expect(review.revision == (try run.fixture.head.revision))
        let closed = try await plane.closeReview(
            1, in: Fixture.environment, note: "a bad build", by: Fixture.manager)
        #expect(closed.closing?.by == "rosa")
    }

    @Test("Undoing a rollout opens one with the words of whoever did it")
    func undo() async throws {
        let run = try await RolloutRun("25%:10m,100%")
        try await run.start()
        let outcome = try await run.fixture.plane.command(
            .undo(revokesTickets: false), rollout: 1, in: Fixture.environment, reason: "complaints", by: Self.night)
        #expect(outcome.review == 1)
        let review = try await run.fixture.plane.review(1, in: Fixture.environment)
        #expect(review.reason == "complaints" && review.author == "nils" && review.rollout == 1)
    }

    @Test("A rollout that ends because its flag is killed is part of the kill's review")
    func killedRollout() async throws {
        let run = try await RolloutRun("25%:10m,100%")
        try await run.start()
        try await run.fixture.kill(Fixture.tickets)
        #expect(try await run.fixture.plane.reviews(of: Fixture.environment).map(\.cause) == [.kill])
    }

    @Test("Its author cannot close it; someone else can, once, and the audit tells")
    func closing() async throws {
        let fixture = try await Fixture()
        try await fixture.kill(Fixture.tickets)
        let own = try await #require(throws: ControlPlaneError.self) {
            try await fixture.plane.closeReview(1, in: Fixture.environment, note: "fine", by: Fixture.manager)
        }
        #expect(own.description.contains("someone else has to close it"))
        _ = try await fixture.plane.closeReview(1, in: Fixture.environment, note: "was right", by: Self.night)
        #expect(try await fixture.plane.reviews(of: Fixture.environment).isEmpty)
        let again = try await #require(throws: ControlPlaneError.self) {
            try await fixture.plane.closeReview(1, in: Fixture.environment, note: "me too", by: Fixture.admin)
        }
        #expect(again.description.contains("nils closed it"))
        let entries = try await fixture.plane.audit(after: 0).entries
        #expect(entries.suffix(2).map(\.action) == ["reviews.open", "reviews.close"])
        #expect(try await fixture.plane.verifyAudit().fault == nil)
    }

    @Test("There is none of another environment's number")
    func unknown() async throws {
        let fixture = try await Fixture()
        await #expect(throws: ControlPlaneError.unknownReview(7, Fixture.environment)) {
            try await fixture.plane.review(7, in: Fixture.environment)
        }
    }
}
