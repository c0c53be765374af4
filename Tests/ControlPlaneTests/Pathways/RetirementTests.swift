import ControlPlane
import FlagModel
import Testing

@Suite("Closing a pathway that nobody uses any more")
struct RetirementTests {
    private static let cookie: FlagKey = "ENABLE_WEBSOCKET_COOKIE"

    /// A control plane whose cookies are on for everyone, an engine, and an instance that reports.
    private final class Bench: Sendable {
        let fixture: Fixture
        let telemetry = FleetTelemetry { .zero }
        let usage: PathwayUsage
        let engine: RolloutEngine

        init(interlock: Bool = false) async throws {
            var document = try Fixture.document()
            document.flags[RetirementTests.cookie] = Fixture.toggle("on")
            if interlock {
                document.settings.invariants = [
                    try Invariant(
                        name: "cookies-stay",
                        json: [
                            "message": "keep the cookies",
                            "rule": ["==": [["var": "flags.ENABLE_WEBSOCKET_COOKIE.always"], true]],
                        ], at: "")
                ]
            }
            self.fixture = try await Fixture(document: document)
            let usage = PathwayUsage(
                plane: self.fixture.plane, telemetry: self.telemetry, pathways: ["ticket", "cookie"])
            self.usage = usage
            self.engine = RolloutEngine(
                plane: self.fixture.plane, isConverged: { _, _ in true }, counts: { _, _ in GuardCounts() },
                idleness: { usage.idleness(of: $0, in: $1) })
        }

        /// What `flagctl pathways retire … --when-idle 7d` asks for.
        func start() async throws {
            let plan = try RolloutPlan(json: [
                "flag": .string(RetirementTests.cookie.text), "variant": "off",
                "steps": [["percentage": 0, "hold": "1m"], ["percentage": 100]],
                "guards": [["metric": "idle/cookie", "for": "7d"]], "undecidedAfter": "30d",
            ])
            _ = try await self.fixture.plane.startRollout(
                plan, in: Fixture.environment, reason: "nobody needs it", by: Fixture.manager)
        }

        /// So many hours pass, in each of which the server looks a few times.
        func pass(hours: Int) async throws {
            for _ in 0..<hours {
                for _ in 0..<4 {
                    self.fixture.clock.advance(milliseconds: 900_000)
                    try await self.usage.save()
                    try await self.engine.advance().get()
                }
            }
        }

        /// An instance has let in so many by cookie and by ticket since it started.
        func report(cookies: Int64, tickets: Int64) async throws {
            let counts = TelemetryCounts(attempts: [
                .init(operation: "authenticate", pathway: "cookie", cohort: .control, count: cookies),
                .init(operation: "consume", pathway: "ticket", cohort: .everyone, count: tickets),
            ])
            self.telemetry.add(
                TelemetryReport(start: "a", ageMilliseconds: 0, counts: counts), from: "a", in: Fixture.environment)
            try await self.usage.save()
        }

        /// Whether cookies let everyone in (true), nobody (false), or it depends.
        var isOpen: Bool? {
            get throws {
                let evaluation = try self.fixture.plane.snapshot(of: Fixture.environment)[RetirementTests.cookie]?
                    .constant
                return evaluation?.variant.map { $0 == "on" }
            }
        }

        var phase: RolloutPhase? {
            get async throws {
                try await self.fixture.plane.rollouts(of: Fixture.environment, limit: 1).first?.machine.phase
            }
        }
    }

    @Test("It stays open until nobody has used it for seven days while others came in, and is closed then")
    func waitsForEvidence() async throws {
        let bench = try await Bench()
        try await bench.start()
        try await bench.report(cookies: 5, tickets: 1)
        for day in 1...3 {
            try await bench.pass(hours: 24)
            try await bench.report(cookies: 5, tickets: Int64(1 + day))
        }
        #expect(try bench.isOpen == true)
        // Somebody comes in by cookie: the seven days begin anew.
        try await bench.report(cookies: 6, tickets: 5)
        for day in 1...6 {
            try await bench.pass(hours: 24)
            try await bench.report(cookies: 6, tickets: Int64(5 + day))
        }
        #expect(try bench.isOpen == true)
        try await bench.pass(hours: 23)
        #expect(try bench.isOpen == true)
        try await bench.report(cookies: 6, tickets: 12)
        try await bench.pass(hours: 2)
        #expect(try bench.isOpen == false)
        #expect(try await bench.phase == .completed)
    }

    @Test("While nobody is counted at all it stays open, for that may be the counting")
    func silence() async throws {
        let bench = try await Bench()
        try await bench.start()
        try await bench.pass(hours: 9 * 24)
        #expect(try bench.isOpen == true)
        // Now that somebody comes in by ticket, nobody has come in by cookie for nine days.
        try await bench.report(cookies: 0, tickets: 1)
        try await bench.pass(hours: 1)
        #expect(try bench.isOpen == false)
    }

    @Test("It is refused at once where the interlock would not let it be closed, with the invariant's words")
    func interlock() async throws {
        let bench = try await Bench(interlock: true)
        let error = await #expect(throws: ControlPlaneError.self) { try await bench.start() }
        guard case .invalidRollout(let issues)? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(issues.contains { $0.message.contains("keep the cookies") })
    }
}
