import FlagModel
import Testing

@testable import ControlPlane

@Suite("Guards over restarts of the server")
struct GuardRestartTests {
    private static func error(_ engine: RolloutEngine, _ run: RolloutRun) async throws -> Double? {
        let reading = engine.readings(of: try await run.record)[RolloutBench.failures.name]
        guard case .ratio(let evidence)? = reading?.evidence else { return nil }
        return evidence.error
    }

    @Test("Each time that guards begin to look at a step they get a smaller part of the error, and this is stored")
    func shares() async throws {
        let run = try await RolloutRun("25%:1h,100%", guards: [RolloutBench.failures])
        try await run.start()
        try await run.pass(10)
        #expect(try await run.record.machine.watches == 1)
        var errors: [Double] = []
        for restart in 1...4 {
            let engine = RolloutEngine(
                plane: run.fixture.plane, isConverged: { _, _ in true }, counts: { _, _ in GuardCounts() })
            for _ in 0..<3 { try await engine.advance().get() }
            #expect(try await run.record.machine.watches == restart + 1)
            errors.append(try #require(try await Self.error(engine, run)))
        }
        #expect(errors == errors.sorted(by: >))
        let first = try #require(try await Self.error(run.engine, run))
        #expect(first + errors.reduce(0, +) < run.plan.errorShare)
    }

    @Test("Another step begins with the whole of its own part")
    func steps() async throws {
        let run = try await RolloutRun("25%:1m,100%", guards: [RolloutBench.failures])
        run.conditions.withLock {
            $0.counts = GuardCounts(cohort: Tally(attempts: 1), rest: Tally(attempts: 1))
        }
        try await run.start()
        let second = RolloutEngine(
            plane: run.fixture.plane, isConverged: { _, _ in true }, counts: { _, _ in GuardCounts() })
        try await second.advance().get()
        try await run.pass(65)
        #expect(try await run.record.machine.watches >= 1)
        try await run.pass(120)
        #expect(try await run.record.machine.step == 1)
        #expect(try await run.record.machine.watches == 1)
    }

    @Test("Counters that begin at 0 again look neither like failures nor like attempts")
    func counters() async throws {
        let run = try await RolloutRun("25%:1h,100%", guards: [RolloutBench.failures])
        run.conditions.withLock {
            $0.counts = GuardCounts(
                cohort: Tally(attempts: 100_000, failures: 90_000), rest: Tally(attempts: 100_000))
        }
        try await run.start()
        try await run.pass(5)
        run.conditions.withLock { $0.counts = GuardCounts() }
        let engine = RolloutEngine(
            plane: run.fixture.plane, isConverged: { _, _ in true },
            counts: { _, _ in run.conditions.withLock { $0.counts } })
        for _ in 0..<10 {
            run.fixture.clock.advance(milliseconds: 1000)
            try await engine.advance().get()
        }
        #expect(try await run.record.machine.phase == .holding(step: 0))
        let reading = engine.readings(of: try await run.record)[RolloutBench.failures.name]
        #expect(reading?.verdict == .noData)
    }
}
