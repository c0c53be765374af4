import FlagAPI
import FlagModel
import Testing

@Suite("Wire types of reviews, schedules, webhooks and freezes encode and decode to themselves")
struct GateWireTypeTests {
    private static let at = Timestamp(millisecondsSinceEpoch: 1_772_600_767_089)
    private static let flag = FlagDefinition(
        type: .boolean, variants: ["on": true, "off": false], defaultVariant: "off")
    private static let difference = ContentDifference(
        from: EnvironmentContent(), to: EnvironmentContent(flags: ["A": flag]))
    private static let schedule = ScheduleDetail(
        id: 4, environment: "production", at: at, ifMissed: "skip", graceSeconds: 600, baseRevision: 7, author: "rosa",
        reason: "r", createdAt: at, state: "executed", settledAt: at, revision: 8, note: "n", difference: difference)
    private static let webhook = WebhookSummary(
        name: "ops", url: "https://example.com", environments: ["production"], events: ["revision.made"],
        createdAt: at, createdBy: "ada", waiting: 3, dropped: 4)

    private func roundTrip<Value: Codable>(_ value: Value) throws {
        let bytes = try WireEncoder.encode(value)
        let read = try WireDecoder(unknownMembers: .refuse).decode(Value.self, from: bytes)
        #expect(try WireEncoder.encode(read) == bytes)
    }

    @Test("Reviews")
    func reviews() throws {
        let review = ReviewDetail(
            id: 1, environment: "production", cause: "kill", author: "rosa", reason: "r", at: Self.at, revision: 8,
            rollout: 2, flags: ["A"], evidence: ["rest": [1, nil]], closedAt: Self.at, closedBy: "nils", note: "n")
        try self.roundTrip(ReviewList(environment: "production", reviews: [review], nextBefore: 1))
        try self.roundTrip(ReviewCloseRequest(note: "n"))
    }

    @Test("Schedules, alone and in the requests that make them")
    func schedules() throws {
        let request = ScheduleRequest(
            at: "2026-12-01T06:00", timeZone: "Europe/Berlin", ifMissed: "skip", graceSeconds: 600)
        try self.roundTrip(ScheduleList(environment: "production", schedules: [Self.schedule], nextBefore: 4))
        try self.roundTrip(ScheduleCancelRequest(reason: "r"))
        try self.roundTrip(ChangesetRequest(baseRevision: 7, reason: "r", changes: [.enable("A")], schedule: request))
        let document = EnvironmentDocument(name: "production", content: EnvironmentContent(flags: ["A": Self.flag]))
        try self.roundTrip(ApplyRequest(reason: "r", document: document, schedule: request))
        try self.roundTrip(
            CommitResult(
                environment: "production", revision: 8, previousRevision: 7, digest: "d", changed: true, dryRun: true,
                kind: .commit, at: Self.at, difference: Self.difference, settingsChanged: false, review: 2,
                scheduled: Self.schedule))
    }

    @Test("Webhooks")
    func webhooks() throws {
        try self.roundTrip(WebhookList(webhooks: [Self.webhook]))
        try self.roundTrip(
            WebhookCreateRequest(
                name: "ops", url: "https://example.com", environments: ["production"], events: ["revision.made"],
                secret: "whsec_x"))
        try self.roundTrip(WebhookCreateResult(secret: "whsec_x", summary: Self.webhook))
        try self.roundTrip(
            WebhookTestResult(id: "evt", delivered: false, status: 500, failure: "f", milliseconds: 3))
        try self.roundTrip(
            WebhookDeliveryList(deliveries: [
                WebhookDeliveryDetail(
                    id: "evt", event: "revision.made", state: "waiting", createdAt: Self.at, attempts: 2,
                    nextAttemptAt: Self.at, attemptedAt: Self.at, status: 500, failure: "f", milliseconds: 3)
            ]))
    }

    @Test("Freezes, in an environment's document and in what is told of it")
    func freezes() throws {
        let weekend = FreezeWindow(
            name: "weekend",
            times: .recurring(try CronExpression("0 17 * * FRI"), seconds: 226_800, timeZone: "Europe/Berlin"))
        let document = EnvironmentDocument(
            name: "production", settings: EnvironmentSettings(freezes: [weekend]), flags: [:])
        #expect(try EnvironmentDocument(json: document.json) == document)
        #expect(document.json["freezes"]?.arrayValue?.first?["duration"] == "63h")
        try self.roundTrip(
            EnvironmentSummary(
                name: "production", description: "d", protected: true, revision: 7, digest: "d", flagCount: 2,
                frozen: FreezeDetail(by: "weekend", until: Self.at)))
    }

    @Test("A document that states no freezes leaves them, one that states an empty list lifts them")
    func lifting() throws {
        let current = EnvironmentSettings(freezes: [
            FreezeWindow(name: "a", times: .once(from: Self.at, to: Self.at.advanced(byMilliseconds: 1)))
        ])
        let silent = try EnvironmentDocument(json: ["environment": "production"])
        #expect(silent.settings(over: current).freezes.count == 1)
        let lifting = try EnvironmentDocument(json: ["environment": "production", "freezes": []])
        #expect(lifting.settings(over: current).freezes.isEmpty)
        #expect(lifting.json["freezes"] == [])
    }
}
