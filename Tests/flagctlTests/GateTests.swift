import FlagAPI
import FlagModel
import Testing

@testable import flagctl

@Suite("Reviews, schedules and webhooks on the command line")
struct GateTests {
    private static let review = ReviewDetail(
        id: 3, environment: "production", cause: "rollout-rollback", author: "system", reason: "guard-failed",
        at: Samples.at, revision: 9, rollout: 2, flags: ["ENABLE_WEBSOCKET_TICKETS"],
        evidence: ["rest": ["attempts": 2000]])

    private static func schedule(_ state: String, note: String? = nil) -> ScheduleDetail {
        ScheduleDetail(
            id: 4, environment: "production", at: Samples.at, ifMissed: "skip", graceSeconds: 600, baseRevision: 7,
            author: "rosa", reason: "campaign", createdAt: Samples.at, state: state, note: note,
            difference: ContentDifference(from: EnvironmentContent(), to: EnvironmentContent()))
    }

    @Test("review list asks for the open ones, and says when there is none")
    func reviews() async {
        let path = "GET /v1/environments/production/reviews?state=open&limit=50"
        let server = StubServer([path: .init(ReviewList(environment: "production", reviews: [Self.review]))])
        let run = await Run("review", "list", "production", server: server)
        #expect(run.output.contains("rollout-rollback") && run.output.contains("ENABLE_WEBSOCKET_TICKETS"))
        let empty = StubServer([path: .init(ReviewList(environment: "production", reviews: []))])
        #expect(await Run("review", "list", "production", server: empty).output == "nothing to review in production\n")
    }

    @Test("review show has the evidence, and review close sends the note")
    func review() async {
        var closed = Self.review
        closed.closedBy = "rosa"
        closed.closedAt = Samples.at
        let server = StubServer([
            "GET /v1/environments/production/reviews/3": .init(Self.review),
            "POST /v1/environments/production/reviews/3/close": .init(closed),
        ])
        let shown = await Run("review", "show", "production", "3", server: server)
        #expect(shown.output.contains("rollout-rollback of rollout 2") && shown.output.contains("attempts: 2000"))
        let run = await Run("review", "close", "production", "3", "--note", "a bad build", server: server)
        #expect(run.output == "review 3 of production is closed\n")
        #expect(run.requests.last?.body == ["note": "a bad build"])
    }

    @Test("--at goes with the change, and the answer says what was scheduled")
    func scheduling() async throws {
        var result = Samples.commit()
        result.dryRun = true
        result.scheduled = Self.schedule("waiting")
        let server = StubServer([
            "GET /v1/environments/production": .init(Samples.environment("production")),
            "POST /v1/environments/production/changesets": .init(result),
        ])
        let run = await Run(
            "enable", "production", "X", "--reason", "campaign", "--at", "2026-12-01T06:00", "--time-zone",
            "Europe/Berlin", "--if-missed", "skip", "--grace", "10m", server: server)
        #expect(run.status == .success, "\(run.errors)")
        #expect(
            run.requests.last?.body?["schedule"] == [
                "at": "2026-12-01T06:00", "timeZone": "Europe/Berlin", "ifMissed": "skip", "graceSeconds": 600,
            ])
        #expect(run.output.contains("scheduled as 4 for 2026-03-04 05:06:07Z; until then revision"))
    }

    @Test(
        "What belongs to --at is asked for, and does not stand without it",
        arguments: [
            ["--at", "2026-12-01T06:00:00Z"], ["--at", "2026-12-01T06:00:00Z", "--if-missed", "skip"],
            ["--if-missed", "run-late"], ["--at", "x", "--if-missed", "run-late", "--wait"],
            ["--at", "x", "--if-missed", "later"],
        ])
    func usage(options: [String]) async {
        let run = await Run(["enable", "production", "X", "--reason", "r"] + options)
        #expect(run.status == .usage)
    }

    @Test("schedule list says what becomes of it when it is missed, and why it was refused")
    func schedules() async {
        let server = StubServer([
            "GET /v1/environments/production/schedules?state=all&limit=50": .init(
                ScheduleList(
                    environment: "production",
                    schedules: [Self.schedule("refused", note: "changed since revision 7"), Self.schedule("waiting")]))
        ])
        let run = await Run("schedule", "list", "production", "--all", server: server)
        #expect(run.output.contains("skip after 10m") && run.output.contains("changed since revision 7"))
    }

    @Test("A webhook's secret is shown once; one from a file is sent and not shown")
    func webhooks() async throws {
        let summary = WebhookSummary(
            name: "ops", url: "https://example.com", createdAt: Samples.at, createdBy: "ada", waiting: 0, dropped: 0)
        let server = StubServer([
            "POST /v1/webhooks": .init(WebhookCreateResult(secret: "whsec_shown", summary: summary), status: 201)
        ])
        let run = await Run("webhook", "create", "ops", "https://example.com", server: server)
        #expect(run.output.contains("whsec_shown") && run.errors.contains("not shown again"))
        #expect(run.requests.last?.body == ["name": "ops", "url": "https://example.com"])
        let missing = await Run(
            "webhook", "create", "ops", "https://example.com", "--secret-file", "/nowhere/at/all", server: server)
        #expect(missing.status == .error && missing.errors.contains("/nowhere/at/all"))
    }

    @Test("webhook test ends with 1 when the event was not taken")
    func webhookTest() async {
        let taken = WebhookTestResult(id: "evt_1_test", delivered: true, status: 204, failure: nil, milliseconds: 7)
        let refused = WebhookTestResult(id: "evt_2_test", delivered: false, status: 500, failure: nil, milliseconds: 7)
        let server = StubServer([
            "POST /v1/webhooks/ops/test": .init(taken), "POST /v1/webhooks/dead/test": .init(refused),
        ])
        let run = await Run("webhook", "test", "ops", server: server)
        #expect(run.status == .success && run.output == "evt_1_test: answered with 204 after 7 ms\n")
        let failed = await Run("webhook", "test", "dead", server: server)
        #expect(failed.status == .error && failed.errors.contains("answered with 500"))
    }

    @Test("env list tells what is frozen, until when and by what")
    func frozen() async {
        var summary = Samples.environment("production").summary
        summary.frozen = FreezeDetail(by: "weekend", until: Samples.at)
        let server = StubServer(["GET /v1/environments": .init(EnvironmentList(environments: [summary]))])
        let run = await Run("env", "list", server: server)
        #expect(run.output.hasSuffix("is frozen until 2026-03-04 05:06:07Z by \"weekend\"\n"))
    }
}
