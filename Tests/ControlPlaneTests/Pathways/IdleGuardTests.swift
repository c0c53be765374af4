import FlagModel
import Testing

@testable import ControlPlane

@Suite("A guard that waits until nobody uses a pathway")
struct IdleGuardTests {
    private static let day: Int64 = 86_400_000
    private static let condition = IdleCondition(pathway: "cookie", seconds: 7 * 86_400)
    private static let now = Timestamp(millisecondsSinceEpoch: 100 * day)

    private func ago(_ days: Double) -> Timestamp {
        Self.now.advanced(byMilliseconds: -Int64(days * Double(Self.day)))
    }

    private func verdict(_ watched: Double?, last: Double? = nil, elsewhere: Double? = 0.01) -> GuardVerdict {
        PathwayIdleness(
            watchedSince: watched.map(self.ago), lastGrant: last.map(self.ago),
            lastGrantElsewhere: elsewhere.map(self.ago)
        ).reading(Self.condition, at: Self.now).verdict
    }

    @Test("It passes when nobody has come in for as long as it says")
    func passes() {
        #expect(self.verdict(30, last: 7) == .pass)
        #expect(self.verdict(7) == .pass)
    }

    @Test("It waits while somebody has come in since, and as long as nobody has watched for so long")
    func waits() {
        #expect(self.verdict(30, last: 6.99) == .inconclusive)
        #expect(self.verdict(6.99) == .inconclusive)
        #expect(self.verdict(6.99, last: 8) == .inconclusive)
    }

    @Test("Silence everywhere is no evidence: then it is the counting that has stopped")
    func silence() {
        #expect(self.verdict(nil) == .noData)
        #expect(self.verdict(30, last: 8, elsewhere: nil) == .noData)
        #expect(self.verdict(30, last: 8, elsewhere: 1.1) == .noData)
    }

    @Test("It never fails: a use is no fault")
    func neverFails() {
        for watched in [nil, 0, 1, 30] as [Double?] {
            for last in [nil, 0, 1, 30] as [Double?] {
                #expect(self.verdict(watched, last: last) != .fail)
            }
        }
    }

    @Test("A plan says it as idle/<pathway> and for how long, and reads what it writes")
    func json() throws {
        let rule = try RolloutGuard(json: ["metric": "idle/cookie", "for": "7d"], at: "")
        #expect(rule.metric == .idle(Self.condition))
        #expect(rule.name == "idle-cookie")
        #expect(try RolloutGuard(json: rule.json, at: "") == rule)
        for json: JSONValue in [
            ["metric": "idle/cookie"], ["metric": "idle/cookie", "for": "59m"], ["metric": "idle/", "for": "7d"],
            ["metric": "idle/cookie", "for": "7d", "tolerance": 0.1],
        ] {
            #expect(throws: InvalidDocument.self) { try RolloutGuard(json: json, at: "") }
        }
    }

    @Test("The evidence says since when nobody came in, and what of it is not known")
    func evidence() {
        let reading = PathwayIdleness(
            watchedSince: self.ago(30), lastGrant: self.ago(3.5), lastGrantElsewhere: self.ago(0.5)
        ).reading(Self.condition, at: Self.now)
        #expect(reading.description.hasPrefix("nobody came in by cookie for 3d of 7d; by another pathway last at "))
        #expect(reading.json["lastGrant"] == .string(self.ago(3.5).description))
        #expect(reading.json["verdict"] == "inconclusive")
        let unknown = PathwayIdleness().reading(Self.condition, at: Self.now)
        #expect(unknown.description == "the use of cookie is not counted yet")
    }

    @Test("What is stored of the pathways is what the guard goes by")
    func stored() async throws {
        let fixture = try await Fixture()
        let telemetry = FleetTelemetry { .zero }
        let usage = PathwayUsage(plane: fixture.plane, telemetry: telemetry, pathways: ["ticket", "cookie"])
        func report(_ cookies: Int64, _ tickets: Int64) async throws {
            telemetry.add(
                TelemetryReport(
                    start: "a", ageMilliseconds: 0,
                    counts: TelemetryCounts(attempts: [
                        .init(operation: "authenticate", pathway: "cookie", cohort: .control, count: cookies),
                        .init(operation: "consume", pathway: "ticket", cohort: .everyone, count: tickets),
                    ])), from: "a", in: Fixture.environment)
            try await usage.save()
        }
        func verdict() -> GuardVerdict {
            usage.idleness(of: "cookie", in: Fixture.environment).reading(Self.condition, at: fixture.clock.now).verdict
        }
        #expect(verdict() == .noData)
        try await report(1, 1)
        #expect(verdict() == .inconclusive)
        fixture.clock.advance(milliseconds: 7 * Self.day)
        #expect(verdict() == .noData)
        try await report(1, 2)
        #expect(verdict() == .pass)
        try await report(2, 3)
        #expect(verdict() == .inconclusive)
    }
}
