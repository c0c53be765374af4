import ControlPlane
import FlagModel
import Testing

@Suite("A rollout that begins later")
struct RolloutScheduleTests {
    private static func scheduled(_ steps: String) async throws -> RolloutRun {
        let run = try await RolloutRun(steps)
        _ = try await run.fixture.plane.startRollout(
            run.plan, in: Fixture.environment, at: run.fixture.clock.now.advanced(byMilliseconds: 60_000),
            reason: "tonight", by: Fixture.manager)
        return run
    }

    @Test("It begins at its time")
    func begins() async throws {
        let run = try await Self.scheduled("25%:10m,100%")
        try await run.pass(50)
        #expect(try run.fixture.percentage == nil)
        try await run.pass(20)
        #expect(try run.fixture.percentage == 25)
    }

    @Test("Its way back leads to what was in force when it began, not when it was scheduled")
    func base() async throws {
        let run = try await Self.scheduled("25%:10m,100%")
        try await run.fixture.commit(try Fixture.percent(20))
        try await run.pass(70)
        #expect(try run.fixture.percentage == 25)
        try await run.command(.undo())
        #expect(try run.fixture.percentage == 20)
    }

    @Test("If others went on meanwhile it does not take their change back, but stops")
    func stale() async throws {
        let run = try await Self.scheduled("25%:10m,100%")
        try await run.fixture.commit(try Fixture.percent(50))
        try await run.pass(70)
        #expect(try run.fixture.percentage == 50)
        #expect(try await run.record.machine.phase.reason?.kind == .stepRefused)
    }

    @Test("If the flag was killed meanwhile it does not begin")
    func killed() async throws {
        let run = try await Self.scheduled("25%:10m,100%")
        let outcome = try await run.fixture.kill(Fixture.tickets)
        try await run.pass(70)
        #expect(try await run.record.machine.phase.reason?.kind == .killed)
        #expect(try run.fixture.head.revision == outcome.revision)
    }
}
