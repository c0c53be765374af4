import ControlPlane
import FlagModel
import FlagStore
import Testing

@Suite("Stored webhooks")
struct WebhookTests {
    private static let at = Timestamp(millisecondsSinceEpoch: 1_750_000_000_000)

    private static func create(_ name: String, on fixture: Fixture) async throws -> Webhook {
        try await fixture.plane.createWebhook(
            WebhookGrant(
                name: name, url: "https://example.com", environments: [Fixture.environment], events: [.revisionMade]),
            secret: try #require(WebhookSecret(Array(1...32))), by: Fixture.author)
    }

    @Test("A webhook, what waits for it and what came of it are there after the file was closed and opened")
    func persistence() async throws {
        var fixture = try await Fixture()
        let webhook = try await Self.create("ops", on: fixture)
        for thousandths in 1...3 { try await fixture.commit(Fixture.percent(UInt32(thousandths * 1000))) }
        var due = try #require(try await fixture.plane.dueDeliveries().first)
        try await fixture.plane.record(
            WebhookAttempt(at: Fixture.now(), status: 200, milliseconds: 12), of: due, jitter: 0)
        due = try #require(try await fixture.plane.dueDeliveries().first)
        try await fixture.plane.record(
            WebhookAttempt(at: Fixture.now(), failure: "refused", milliseconds: 1), of: due, jitter: 0)
        let before = try await fixture.plane.deliveries(of: "ops")
        fixture = try await fixture.reopened()
        #expect(try await fixture.plane.webhookStandings() == [WebhookStanding(webhook: webhook, waiting: 2)])
        #expect(try await fixture.plane.deliveries(of: "ops") == before)
        #expect(before.map(\.state) == [.waiting, .waiting, .delivered])
    }

    @Test("Too many that wait give way from the oldest on, and what ended is forgotten but for the newest")
    func bounds() async throws {
        let fixture = try await Fixture()
        _ = try await Self.create("ops", on: fixture)
        for step in 0..<Webhook.mostWaiting + 2 { try await fixture.commit(Fixture.percent(UInt32(1000 + step % 2))) }
        #expect(try await fixture.plane.webhook(named: "ops").dropped == 2)
        #expect(try await fixture.plane.dueDeliveries().map(\.delivery.id) == [3])
        try await fixture.plane.deleteWebhook(named: "ops", by: Fixture.author)
        #expect(try await fixture.plane.dueDeliveries().isEmpty)
        _ = try await Self.create("ops", on: fixture)
        #expect(try await fixture.plane.deliveries(of: "ops").isEmpty)
    }
}
