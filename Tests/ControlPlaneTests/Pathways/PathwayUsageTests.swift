import ControlPlane
import FlagModel
import Synchronization
import Testing

@Suite("How much each pathway is used")
struct PathwayUsageTests {
    /// A control plane that instances report to.
    private struct Bench {
        let fixture: Fixture
        let telemetry = FleetTelemetry { .zero }
        let usage: PathwayUsage

        init(_ fixture: Fixture) {
            self.fixture = fixture
            self.usage = PathwayUsage(
                plane: fixture.plane, telemetry: self.telemetry, pathways: ["ticket", "cookie", "session"])
        }

        /// An instance says what it has counted since it started.
        func report(
            _ pathway: String, grants: Int64, refusals: Int64 = 0, operation: String? = nil, start: String = "a",
            age: Int64 = 0
        ) {
            let operation = operation ?? (pathway == "ticket" ? "consume" : "authenticate")
            let counts = TelemetryCounts(attempts: [
                .init(operation: operation, pathway: pathway, cohort: .control, count: grants),
                .init(
                    operation: operation, pathway: pathway, cohort: .unknown, refusal: "credential-invalid",
                    count: refusals),
            ])
            self.telemetry.add(
                TelemetryReport(start: start, ageMilliseconds: age, counts: counts), from: "instance",
                in: Fixture.environment)
        }

        func record(_ pathway: String, within seconds: Int64 = 604_800) async throws -> PathwayRecord {
            let records = try await self.usage.records(of: Fixture.environment, within: seconds)
            return try #require(records.first { $0.pathway == pathway })
        }
    }

    @Test("Where counts are left out for want of room, nothing passes for idle")
    func leftOut() async throws {
        let bench = Bench(try await Fixture())
        bench.report("cookie", grants: 1)
        try await bench.usage.save()
        #expect(bench.usage.idleness(of: "cookie", in: Fixture.environment).watchedSince != nil)
        let counts = TelemetryCounts(
            attempts: (0...TelemetryLedger.seriesLimit).map {
                .init(operation: "operation-\($0)", pathway: "x", cohort: .unknown, count: 1)
            })
        bench.telemetry.add(
            TelemetryReport(start: "b", ageMilliseconds: 0, counts: counts), from: "other", in: Fixture.environment)
        #expect(bench.usage.idleness(of: "cookie", in: Fixture.environment) == PathwayIdleness())
    }

    @Test("Attempts, grants and refusals are counted by the hour, and shown for the window")
    func window() async throws {
        let bench = Bench(try await Fixture())
        let first = bench.fixture.clock.now
        bench.report("cookie", grants: 3, refusals: 2)
        try await bench.usage.save()
        bench.fixture.clock.advance(milliseconds: 3 * 3_600_000)
        bench.report("cookie", grants: 4, refusals: 2)
        let second = bench.fixture.clock.now

        let all = try await bench.record("cookie")
        #expect(all.counts == PathwayCounts(attempts: 6, grants: 4))
        #expect(all.counts.refusals == 2)
        #expect(all.lastGrant == second)
        #expect(all.watchedSince <= first)
        #expect(try await bench.record("cookie", within: 3600).counts == PathwayCounts(attempts: 1, grants: 1))
        bench.fixture.clock.advance(milliseconds: 3 * 3_600_000)
        let later = try await bench.record("cookie", within: 3600)
        #expect(later.counts == PathwayCounts())
        #expect(later.lastGrant == second)
    }

    @Test("A refusal is an attempt and no use")
    func refusal() async throws {
        let bench = Bench(try await Fixture())
        bench.report("cookie", grants: 0, refusals: 5)
        let record = try await bench.record("cookie")
        #expect(record.lastAttempt == bench.fixture.clock.now)
        #expect(record.lastGrant == nil)
    }

    @Test("A credential that was passed over was tried, whatever became of the handshake")
    func passedOver() async throws {
        let bench = Bench(try await Fixture())
        bench.report("cookie", grants: 1, refusals: 2)
        bench.report("cookie", grants: 0, refusals: 4, operation: "pass-over", start: "b")
        bench.report("ticket", grants: 0, refusals: 4, operation: "pass-over", start: "c")
        #expect(try await bench.record("cookie").counts == PathwayCounts(attempts: 7, grants: 1))
        // It was tried when it was consumed.
        #expect(try await bench.record("ticket").counts.attempts == 0)
    }

    @Test("A pathway that was never tried is counted as such from the first moment on")
    func silence() async throws {
        let bench = Bench(try await Fixture())
        let first = bench.fixture.clock.now
        try await bench.usage.save()
        bench.fixture.clock.advance(milliseconds: 86_400_000)
        let record = try await bench.record("session")
        #expect(record.counts == PathwayCounts() && record.lastAttempt == nil)
        #expect(record.watchedSince <= first)
    }

    @Test("A ticket is tried when it is consumed, by whatever route, and counts once")
    func ticket() async throws {
        let bench = Bench(try await Fixture())
        bench.report("ticket", grants: 5)
        bench.report("ticket", grants: 2, operation: "authenticate", start: "b")
        bench.report("ticket", grants: 7, operation: "issue", start: "c")
        #expect(try await bench.record("ticket").counts.grants == 5)
    }

    @Test("Saving again, reports that come again and a restart of the server count nothing twice")
    func restart() async throws {
        let fixture = try await Fixture()
        let bench = Bench(fixture)
        bench.report("cookie", grants: 5)
        for _ in 0..<3 { try await bench.usage.save() }
        bench.report("cookie", grants: 5)
        #expect(try await bench.record("cookie").counts.grants == 5)

        // The instance outlives the server: what it had counted before is not taken for new.
        let restarted = Bench(fixture)
        restarted.report("cookie", grants: 5, age: 60_000)
        #expect(try await restarted.record("cookie").counts.grants == 5)
        restarted.report("cookie", grants: 6, age: 61_000)
        #expect(try await restarted.record("cookie").counts.grants == 6)
    }

    @Test("What could not be stored is stored by the next call, and by two at once only once")
    func concurrent() async throws {
        let bench = Bench(try await Fixture())
        bench.report("cookie", grants: 9)
        try await withThrowingTaskGroup { group in
            for _ in 0..<8 { group.addTask { try await bench.usage.save() } }
            try await group.waitForAll()
        }
        #expect(try await bench.record("cookie").counts.grants == 9)
    }
}
