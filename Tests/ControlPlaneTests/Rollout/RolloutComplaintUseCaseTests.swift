import ControlPlane
import FlagModel
import Testing

/// What users of other systems complained about, on a control plane. ``RolloutComplaintTests`` asks the machine alone.
@Suite("What went wrong with other rollouts does not happen to a flag")
struct RolloutComplaintUseCaseTests {
    /// The cohort fails much more often than the rest.
    private static let bad = GuardCounts(
        cohort: Tally(attempts: 1000, failures: 300), rest: Tally(attempts: 1000, failures: 5))

    private static func guarded(_ response: RolloutGuard.Response = .rollback) async throws -> RolloutRun {
        var rule = RolloutBench.failures
        rule.response = response
        return try await RolloutRun("25%:10m,100%", guards: [rule], before: 10)
    }

    @Test("Abort with nothing running: there is nothing to abort, and the flag is as it was")
    func abortOfNothing() async throws {
        let run = try await RolloutRun("25%:10m,100%", before: 10)
        await #expect(throws: ControlPlaneError.unknownRollout(1, Fixture.environment)) {
            try await run.command(.abort)
        }
        #expect(try run.fixture.percentage == 10)
        try await run.start()
        try await run.command(.abort)
        let revision = try run.fixture.head.revision
        for command in [RolloutCommand.abort, .pause, .resume, .promote(full: true)] {
            await #expect(throws: ControlPlaneError.self) { try await run.command(command) }
        }
        try await run.pass(3600)
        #expect(try run.fixture.head.revision == revision)
    }

    @Test("Failed analysis did not stop it: after a failure nothing advances, however well the guard does then")
    func failureStops() async throws {
        let run = try await Self.guarded(.pause)
        try await run.start()
        try await run.pass(5)
        run.conditions.withLock { $0.counts = Self.bad }
        try await run.pass(5)
        #expect(try await run.record.machine.phase.reason?.kind == .guardFailed)
        run.conditions.withLock { $0.counts.cohort = Tally(attempts: 10_000_000, failures: 300) }
        try await run.pass(7200)
        #expect(try await run.record.machine.phase.reason?.kind == .guardFailed)
        #expect(try run.fixture.percentage == 25)
    }

    @Test("Stuck after abort: the flag can be changed, the abort undone, and another rollout started at once")
    func afterAbort() async throws {
        let run = try await RolloutRun("25%:10m,100%")
        try await run.start()
        try await run.command(.abort)
        try await run.start()
        try await run.command(.abort, rollout: 2)
        try await run.command(.undo(), rollout: 2)
        try await run.fixture.commit(try Fixture.percent(5))
        try await run.start()
        #expect(try run.fixture.percentage == 25)
    }

    @Test("A threshold was breached and nothing rolled back: the next look takes the flag back, in one revision")
    func breach() async throws {
        let run = try await Self.guarded()
        try await run.start()
        try await run.pass(1, every: 1)
        let revision = try run.fixture.head.revision
        run.conditions.withLock { $0.counts = Self.bad }
        try await run.pass(1, every: 1)
        #expect(try run.fixture.head.revision == revision + 1)
        #expect(try run.fixture.percentage == 10)
    }

    @Test("No traffic halts or, worse, advances: it holds, tells why, and asks for a person in the end")
    func noTraffic() async throws {
        let run = try await Self.guarded()
        try await run.start()
        try await run.pass(1200)
        #expect(try run.fixture.percentage == 25)
        let record = try await run.record
        #expect(record.machine.waits(at: run.fixture.clock.now) == [.verdict(guard: "failures", .noData)])
        try await run.pass(3600)
        #expect(try await run.record.machine.phase.reason?.kind == .undecided)
        #expect(try run.fixture.percentage == 25)
    }

    @Test("A new upload cleared an automatic pause: a document and a change of the flag leave it paused")
    func upload() async throws {
        let run = try await Self.guarded(.pause)
        try await run.start()
        try await run.pass(5)
        run.conditions.withLock { $0.counts = Self.bad }
        try await run.pass(5)
        _ = try await run.fixture.plane.apply(try Fixture.document(), reason: "upload", by: Fixture.admin)
        try await run.fixture.commit(try Fixture.percent(30))
        try await run.pass(7200)
        #expect(try await run.record.machine.phase.reason?.kind == .guardFailed)
        #expect(try run.fixture.percentage == 30)
    }

    @Test("A rollback reported success and left the rule as it was: what is in force is what was before")
    func rollbackIsReal() async throws {
        let run = try await Self.guarded()
        let before = try run.fixture.head.content.flags[Fixture.tickets]
        try await run.start()
        #expect(try run.fixture.head.content.flags[Fixture.tickets] != before)
        try await run.command(.undo())
        #expect(try run.fixture.head.content.flags[Fixture.tickets] == before)
        #expect(try await run.record.machine.phase.reason?.kind == .undone)
        let newest = try #require(try await run.revisions.first)
        #expect(newest.flags == [Fixture.tickets])
        #expect(try run.fixture.head.revision == newest.number)
    }

    @Test("A ramp flipped on and off in 250 ms and said completed: a thousand looks in that time take no step")
    func ramp() async throws {
        let run = try await RolloutRun("1%:10m,25%:10m,100%")
        try await run.start()
        for _ in 0..<1000 { _ = try await run.engine.advance().get() }
        run.fixture.clock.advance(milliseconds: 250)
        for _ in 0..<1000 { _ = try await run.engine.advance().get() }
        #expect(try await run.record.machine.phase == .holding(step: 0))
        #expect(try await run.shares == [1])
    }

    @Test("A schedule looped for ever when the flag was already in its target state: it ends, without a revision")
    func alreadyThere() async throws {
        let run = try await RolloutRun("100%", before: 100)
        let revision = try run.fixture.head.revision
        _ = try await run.fixture.plane.startRollout(
            run.plan, in: Fixture.environment, at: run.fixture.clock.now.advanced(byMilliseconds: 60_000),
            reason: "tonight", by: Fixture.manager)
        try await run.pass(120)
        #expect(try await run.record.machine.phase == .completed)
        let transactions = run.fixture.storage.transactions
        try await run.pass(3600)
        #expect(run.fixture.storage.transactions == transactions)
        #expect(try run.fixture.head.revision == revision)
    }

    @Test(
        "A stale change request reverted newer changes: an approval is for the step that was looked at, on its own flag"
    )
    func stale() async throws {
        let run = try await RolloutRun("25%:10m,100%", approvalAt: 1)
        let approver = Author(name: "otto", role: .approver)
        func approve(_ step: Int) async throws {
            _ = try await run.fixture.plane.command(
                .approve(step: step), rollout: 1, in: Fixture.environment, reason: "looks good", by: approver)
        }
        try await run.start()
        await #expect(throws: ControlPlaneError.self) { try await approve(1) }
        try await run.pass(700)
        await #expect(throws: ControlPlaneError.self) { try await approve(0) }
        // What others did meanwhile elsewhere stays.
        try await run.fixture.commit(.set(Fixture.ttl, value: 20))
        try await approve(1)
        #expect(try run.fixture.percentage == 100)
        #expect(try run.fixture.head.content.flags[Fixture.ttl]?.variants["default"] == 20)
    }

    @Test("Edits after approval shipped unapproved: a change of the flag by others takes the approval away")
    func editAfterApproval() async throws {
        let run = try await RolloutRun("25%:10m,50%:10m,100%", approvalAt: 1)
        try await run.start()
        try await run.pass(700)
        _ = try await run.fixture.plane.command(
            .approve(step: 1), rollout: 1, in: Fixture.environment, reason: "looks good",
            by: Author(name: "otto", role: .approver))
        try await run.fixture.commit(try Fixture.percent(90))
        try await run.command(.resume)
        #expect(try await run.record.machine.phase == .awaitingApproval(step: 1))
        #expect(try run.fixture.percentage == 90)
    }
}
