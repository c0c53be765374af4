import ControlPlane
import FlagModel
import Testing

@Suite("Webhooks")
struct WebhookTests {
    private static let secret = WebhookSecret(Array(repeating: 7, count: 32))

    @discardableResult
    private static func create(
        _ name: String, on fixture: Fixture, environments: [EnvironmentName]? = nil, events: [WebhookEvent]? = nil
    ) async throws -> Webhook {
        try await fixture.plane.createWebhook(
            WebhookGrant(
                name: name, url: "https://hooks.example.com/\(name)?key=hush", environments: environments,
                events: events),
            secret: try #require(Self.secret), by: Fixture.admin)
    }

    private static func events(_ name: String, _ fixture: Fixture) async throws -> [String] {
        try await fixture.plane.deliveries(of: name).reversed().map(\.event)
    }

    @Test("A revision is put on its way in the transaction that makes it")
    func revision() async throws {
        let fixture = try await Fixture()
        try await Self.create("ops", on: fixture)
        let transactions = fixture.storage.transactions
        try await fixture.commit(.set(Fixture.ttl, value: 40), reason: "slow clients")
        #expect(fixture.storage.transactions == transactions + 1)
        let delivery = try #require(try await fixture.plane.deliveries(of: "ops").first)
        let body = try JSONParser.parse(delivery.body)
        #expect(body["id"] == .string(delivery.eventID) && body["type"] == "revision.made")
        #expect(body["environment"] == "development" && body["data"]?["revision"] == 2)
        #expect(body["data"]?["reason"] == "slow clients" && body["data"]?["flags"] == ["WEBSOCKET_TICKET_TTL"])
    }

    @Test("What is refused, changes nothing or is only tried tells nobody")
    func nothing() async throws {
        let fixture = try await Fixture()
        try await Self.create("ops", on: fixture)
        try await fixture.commit(.set(Fixture.ttl, value: 30))
        _ = try? await fixture.kill(Fixture.fallback)
        _ = try await fixture.plane.kill(
            Fixture.tickets, in: Fixture.environment, reason: "try", by: Fixture.admin, dryRun: true)
        #expect(try await Self.events("ops", fixture).isEmpty)
    }

    @Test("A rollout tells each of its transitions, and a kill what it opens and ends")
    func rollout() async throws {
        let run = try await RolloutRun("1%:10m,25%:10m,100%", approvalAt: 1)
        try await Self.create("ops", on: run.fixture)
        try await run.start()
        try await run.pass(620)
        try await run.command(.pause)
        try await run.fixture.kill(Fixture.tickets)
        _ = try await run.fixture.plane.closeReview(1, in: Fixture.environment, note: "right", by: Fixture.admin)
        #expect(
            try await Self.events("ops", run.fixture) == [
                "revision.made", "rollout.step", "rollout.approval-needed", "rollout.paused", "revision.made",
                "rollout.rolled-back", "review.opened", "review.closed",
            ])
        let step = try await run.fixture.plane.deliveries(of: "ops")[6]
        let data = try #require(try JSONParser.parse(step.body)["data"])
        #expect(data["rollout"] == 1 && data["step"] == 1 && data["percentage"] == 1)
    }

    @Test("One that names environments or events is told of no others")
    func filters() async throws {
        let fixture = try await Fixture()
        _ = try await fixture.plane.apply(try Fixture.document("staging"), reason: "new", by: Fixture.admin)
        try await Self.create("staging", on: fixture, environments: ["staging"])
        try await Self.create("reviews", on: fixture, events: [.reviewOpened])
        try await Self.create("all", on: fixture)
        try await fixture.kill(Fixture.tickets)
        #expect(try await Self.events("staging", fixture).isEmpty)
        #expect(try await Self.events("reviews", fixture) == ["review.opened"])
        let ids = try await [fixture.plane.deliveries(of: "reviews")[0], fixture.plane.deliveries(of: "all")[0]]
        #expect(ids[0].eventID == ids[1].eventID && ids[0].id != ids[1].id)
    }

    @Test("An endpoint that fails is told its events in order, later and later, for a day; others are not held up")
    func order() async throws {
        let fixture = try await Fixture()
        for name in ["dead", "live"] { try await Self.create(name, on: fixture) }
        for ttl in 40...41 { try await fixture.commit(.set(Fixture.ttl, value: .integer(Int64(ttl)))) }
        var pauses: [Int64] = []
        var attempts = 0
        while let due = try await fixture.plane.dueDeliveries().first(where: { $0.webhook.name == "dead" }),
            attempts < 200
        {
            attempts += 1
            let attempt = WebhookAttempt(at: fixture.clock.now, status: 503, milliseconds: 3)
            let after = try #require(try await fixture.plane.record(attempt, of: due, jitter: 0))
            guard after.state == .waiting else { break }
            #expect(after.id == 1)
            pauses.append(after.nextAttemptAt.milliseconds(since: fixture.clock.now))
            #expect(try await fixture.plane.dueDeliveries().map(\.webhook.name) == ["live"])
            fixture.clock.advance(milliseconds: pauses.last ?? 0)
        }
        #expect(pauses.prefix(4) == [1000, 2000, 4000, 8000] && pauses.max() == 3_600_000)
        #expect((86_400_000...90_000_000).contains(pauses.reduce(0, +)))
        let states = try await fixture.plane.deliveries(of: "dead").map(\.state)
        #expect(states == [.waiting, .failed])
        let live = try #require(try await fixture.plane.dueDeliveries().first { $0.webhook.name == "live" })
        let answer = WebhookAttempt(at: fixture.clock.now, status: 204, milliseconds: 3)
        #expect(try await fixture.plane.record(answer, of: live, jitter: 0)?.state == .delivered)
        #expect(try await fixture.plane.record(answer, of: live, jitter: 0) == nil)
    }

    @Test("Chance makes a pause up to a half shorter")
    func jitter() async throws {
        let fixture = try await Fixture()
        try await Self.create("ops", on: fixture)
        try await fixture.commit(.set(Fixture.ttl, value: 40))
        let due = try #require(try await fixture.plane.dueDeliveries().first)
        let attempt = WebhookAttempt(at: fixture.clock.now, failure: "refused", milliseconds: 3)
        let after = try #require(try await fixture.plane.record(attempt, of: due, jitter: 1))
        #expect(after.nextAttemptAt.milliseconds(since: fixture.clock.now) == 500)
    }

    @Test("Of more than a thousand that wait the oldest are dropped, counted and told")
    func bound() async throws {
        let fixture = try await Fixture()
        try await Self.create("dead", on: fixture)
        for step in 0..<Webhook.mostWaiting + 3 {
            try await fixture.commit(.set(Fixture.ttl, value: .integer(Int64(31 + step % 2))))
        }
        #expect(try await fixture.plane.webhook(named: "dead").dropped == 3)
        #expect(try await fixture.plane.dueDeliveries().map(\.delivery.id) == [4])
        #expect(try await fixture.plane.deliveries(of: "dead", limit: 1000).count { $0.state == .waiting } == 1000)
    }

    @Test("What came to an end is remembered a hundred times over, and no more")
    func remembered() async throws {
        let fixture = try await Fixture()
        try await Self.create("ops", on: fixture)
        for step in 0..<120 {
            try await fixture.commit(.set(Fixture.ttl, value: .integer(Int64(31 + step % 2))))
            let due = try #require(try await fixture.plane.dueDeliveries().first)
            try await fixture.plane.record(
                WebhookAttempt(at: fixture.clock.now, status: 200, milliseconds: 1), of: due, jitter: 0)
        }
        #expect(try await fixture.plane.deliveries(of: "ops", limit: 1000).count == Webhook.mostRemembered)
    }

    @Test("A deleted webhook is told nothing more, and its name is free")
    func deletion() async throws {
        let fixture = try await Fixture()
        try await Self.create("ops", on: fixture)
        try await fixture.commit(.set(Fixture.ttl, value: 40))
        try await fixture.plane.deleteWebhook(named: "ops", by: Fixture.admin)
        #expect(try await fixture.plane.dueDeliveries().isEmpty)
        try await Self.create("ops", on: fixture)
        let entries = try await fixture.plane.audit().entries.filter { $0.action.hasPrefix("webhooks.") }
        #expect(entries.map(\.action) == ["webhooks.create", "webhooks.delete", "webhooks.create"])
        #expect(!entries.contains { $0.detail.canonical.contains("hush") })
    }

    @Test(
        "An address that is none, or holds a credential for all to see, is refused",
        arguments: ["ftp://example.com", "https://", "hooks", "https://a:b@example.com/", "https://example.com/#x", ""])
    func addresses(url: String) async throws {
        let fixture = try await Fixture()
        await #expect(throws: ControlPlaneError.self) {
            try await fixture.plane.createWebhook(
                WebhookGrant(name: "ops", url: url), secret: try #require(Self.secret), by: Fixture.admin)
        }
    }

    @Test("A secret shows nowhere")
    func secrecy() throws {
        let secret = try #require(Self.secret)
        #expect("\(secret)" == "(secret)")
        var dumped = ""
        dump(secret, to: &dumped)
        #expect(!dumped.contains("7"))
        #expect(WebhookSecret(Array(repeating: 7, count: 23)) == nil)
    }
}
