import ControlPlane
import FlagModel
import Synchronization
import Testing

@Suite("Running a rollout")
struct RolloutUseCaseTests {
    @Test("Its steps become revisions, one for each, and the last one ends it")
    func wholeWay() async throws {
        let run = try await RolloutRun("1%:10m,25%:30m,100%")
        try await run.start()
        #expect(try run.fixture.percentage == 1)
        try await run.pass(300)
        #expect(try run.fixture.percentage == 1)
        try await run.pass(3600)
        #expect(try await run.record.machine.phase == .completed)
        #expect(try await run.shares == [1, 25, 100])
        let entries = try await run.fixture.plane.rolloutHistory(1, in: Fixture.environment)
        #expect(entries.map(\.name) == ["step", "step", "step", "completed"])
        #expect(entries.map(\.revision) == [2, 3, 4, 4])
        #expect(entries.map(\.actor) == ["rosa", "system", "system", "system"])
        #expect(try await run.fixture.plane.verifyAudit().fault == nil)
    }

    @Test("No step is taken before every instance has the one before")
    func convergence() async throws {
        let run = try await RolloutRun("1%:10m,100%")
        run.conditions.withLock { $0.isConverged = false }
        try await run.start()
        try await run.pass(7200)
        #expect(try run.fixture.percentage == 1)
        run.conditions.withLock { $0.isConverged = true }
        try await run.pass(620)
        #expect(try run.fixture.percentage == 100)
    }

    @Test("The hold does not go on while an instance has come that does not have the step")
    func lagging() async throws {
        let run = try await RolloutRun("1%:10m,100%")
        try await run.start()
        try await run.pass(300)
        run.conditions.withLock { $0.isConverged = false }
        try await run.pass(3600)
        #expect(try await run.record.machine.phase == .running(step: 0))
        #expect(try run.fixture.percentage == 1)
        run.conditions.withLock { $0.isConverged = true }
        try await run.pass(290)
        #expect(try run.fixture.percentage == 1)
        try await run.pass(20)
        #expect(try run.fixture.percentage == 100)
    }

    @Test("A guard that fails takes back what the rollout changed of the flag, and nothing else")
    func failure() async throws {
        let run = try await RolloutRun("25%:10m,100%", guards: [RolloutBench.failures], before: 10)
        try await run.start()
        try await run.pass(5)
        try await run.fixture.commit(.set(Fixture.ttl, value: 20))
        run.conditions.withLock {
            $0.counts = GuardCounts(
                cohort: Tally(attempts: 1000, failures: 300), rest: Tally(attempts: 1000, failures: 5))
        }
        try await run.pass(5)
        #expect(try await run.record.machine.phase.reason?.kind == .guardFailed)
        #expect(try run.fixture.percentage == 10)
        #expect(try run.fixture.head.content.flags[Fixture.ttl]?.variants["default"] == 20)
        let entry = try #require(try await run.fixture.plane.rolloutHistory(1, in: Fixture.environment).last)
        #expect(entry.name == "rolled-back")
        #expect(entry.reason?.evidence?["rest"] == ["attempts": 2000, "failures": 5])
        #expect(entry.reason?.detail.hasPrefix("failures: 300 of 2000 in the rollout failed") == true)
        let record = try #require(try await run.revisions.first)
        #expect(record.origin == .rollout && record.reason.contains("guard-failed"))
        try await run.pass(3600)
        #expect(try run.fixture.percentage == 10)
    }

    @Test("Where there was no rollout before, nobody is in it afterwards, and the same users come first the next time")
    func seed() async throws {
        let run = try await RolloutRun("25%:10m,100%")
        try await run.start()
        try await run.command(.undo())
        let after = try #require(try run.fixture.head.content.flags[Fixture.tickets]?.rollout)
        #expect(after.percentage == .zero && after.seed == Fixture.tickets.text)
        try await run.start()
        #expect(try run.fixture.head.content.flags[Fixture.tickets]?.rollout?.seed == after.seed)
    }

    @Test("A way back that an invariant bars is told, not called done")
    func barred() async throws {
        let run = try await RolloutRun("50%:10m,100%", guards: [RolloutBench.failures])
        try await run.start()
        try await run.pass(5)
        run.conditions.withLock {
            $0.counts = GuardCounts(
                cohort: Tally(attempts: 50_000, failures: 5), rest: Tally(attempts: 50_000, failures: 5))
        }
        try await run.pass(900)
        #expect(try run.fixture.percentage == 100)
        // Now that tickets are on for everyone the fallback may go, and then tickets may not.
        try await run.fixture.commit(.serve(Fixture.fallback, variant: "off"))
        let error = await #expect(throws: ControlPlaneError.self) { try await run.command(.undo()) }
        guard case .invariantsViolated = error else { throw try #require(error) }
        #expect(try run.fixture.percentage == 100)
        #expect(try await run.record.machine.phase == .completed)
    }

    @Test("A step that an invariant bars meanwhile stops the rollout")
    func barredStep() async throws {
        let run = try await RolloutRun("90%:10m,50%:10m,0%", before: 100)
        try await run.start()
        try await run.pass(30)
        try await run.command(.promote(full: false))
        let before = try run.fixture.percentage
        #expect(before == 50)
        try await run.fixture.commit(
            .rollout(Fixture.tickets, percentage: .full, variant: "on"), .serve(Fixture.fallback, variant: "off"))
        #expect(try await run.record.machine.phase.reason?.kind == .changedByOthers)
        try await run.command(.resume)
        #expect(try await run.record.machine.phase.reason?.kind == .stepRefused)
        #expect(try run.fixture.percentage == 100)
    }

    @Test("A kill ends it in the same revision, and it does not come back")
    func kill() async throws {
        let run = try await RolloutRun("25%:10m,100%")
        try await run.start()
        let outcome = try await run.fixture.kill(Fixture.tickets)
        #expect(try await run.record.machine.phase.reason?.kind == .killed)
        #expect(
            try await run.fixture.plane.rolloutHistory(1, in: Fixture.environment).last?.revision == outcome.revision)
        try await run.pass(7200)
        #expect(try run.fixture.head.revision == outcome.revision)
        #expect(run.fixture.storage.urgencies.contains(.emergency))
    }

    @Test("A rollback by hand ends it; a dry run and a change of another flag do not touch it")
    func rollback() async throws {
        let run = try await RolloutRun("25%:10m,100%")
        try await run.start()
        _ = try await run.fixture.plane.kill(
            Fixture.tickets, in: Fixture.environment, reason: "try", by: Fixture.manager, dryRun: true)
        try await run.fixture.commit(.set(Fixture.ttl, value: 20))
        #expect(try await run.record.machine.phase == .running(step: 0))
        try await run.fixture.rollback(to: 1)
        #expect(try await run.record.machine.phase.reason?.kind == .rolledBackByHand)
        #expect(try run.fixture.percentage == nil)
    }

    @Test("Someone else's change of the flag pauses it; new words about the flag do not")
    func otherChange() async throws {
        let run = try await RolloutRun("25%:10m,100%")
        try await run.start()
        var definition = try #require(try run.fixture.head.content.flags[Fixture.tickets])
        definition.description = "other words"
        try await run.fixture.commit(.put(Fixture.tickets, definition))
        #expect(try await run.record.machine.phase == .running(step: 0))
        try await run.fixture.commit(try Fixture.percent(40))
        try await run.pass(7200)
        #expect(try run.fixture.percentage == 40)
        #expect(try await run.record.machine.phase.reason?.kind == .changedByOthers)
        try await run.command(.resume)
        #expect(try run.fixture.percentage == 25)
    }

    @Test("After its end someone else's change is not undone with it")
    func staleUndo() async throws {
        let run = try await RolloutRun("25%:10m,50%")
        try await run.start()
        try await run.pass(30)
        try await run.command(.promote(full: true))
        try await run.command(.promote(full: false))
        #expect(try await run.record.machine.phase == .completed)
        try await run.fixture.commit(try Fixture.percent(60))
        await #expect(throws: ControlPlaneError.self) { try await run.command(.undo()) }
        try await run.fixture.commit(try Fixture.percent(50))
        try await run.command(.undo())
        #expect(try run.fixture.percentage == 0)
    }

    @Test("So it is after an abort before a step that was not approved")
    func staleUndoOfAborted() async throws {
        let run = try await RolloutRun("25%:10m,50%", approvalAt: 1)
        try await run.start()
        try await run.pass(30)
        try await run.command(.promote(full: false))
        try await run.command(.abort)
        try await run.fixture.commit(try Fixture.percent(60))
        await #expect(throws: ControlPlaneError.self) { try await run.command(.undo()) }
        #expect(try run.fixture.percentage == 60)
    }

    @Test("A flag that is there already makes no revision, and the rollout goes on")
    func already() async throws {
        let run = try await RolloutRun("25%:10m,100%", before: 25)
        let revision = try run.fixture.head.revision
        try await run.start()
        #expect(try run.fixture.head.revision == revision)
        try await run.pass(620)
        #expect(try run.fixture.percentage == 100)
        #expect(try run.fixture.head.revision == revision + 1)
        try await run.pass(10)
        #expect(try await run.record.machine.phase == .completed)
    }

    @Test("One flag has one rollout at a time, and another after an abort; two flags have two")
    func concurrent() async throws {
        let run = try await RolloutRun("25%:10m,100%")
        try await run.start()
        let error = await #expect(throws: ControlPlaneError.self) { try await run.start() }
        #expect(error?.description.contains("rollout 1: it is running") == true)
        var other = RolloutBench.plan("100%:10m")
        other.flag = Fixture.fallback
        other.variant = "on"
        _ = try await run.fixture.plane.startRollout(
            other, in: Fixture.environment, reason: "both", by: Fixture.manager)
        try await run.command(.abort)
        try await run.start()
        #expect(try await run.fixture.plane.rollouts(of: Fixture.environment).map(\.id) == [3, 2, 1])
        try await run.command(.undo(), rollout: 3)
        try await run.pass(620)
        #expect(try await run.fixture.plane.rollout(2, in: Fixture.environment).machine.phase == .completed)
    }

    @Test("Nobody approves a rollout of their own, and not everybody may approve")
    func approval() async throws {
        let run = try await RolloutRun("25%:10m,100%", approvalAt: 1)
        try await run.start()
        try await run.pass(900)
        #expect(try await run.record.machine.phase == .awaitingApproval(step: 1))
        let approve = RolloutCommand.approve(step: 1)
        for author in [Author(name: "rosa", role: .admin), Author(name: "otto", role: .operator)] {
            await #expect(throws: ControlPlaneError.self) {
                try await run.fixture.plane.command(
                    approve, rollout: 1, in: Fixture.environment, reason: "looks good", by: author)
            }
        }
        _ = try await run.fixture.plane.command(
            approve, rollout: 1, in: Fixture.environment, reason: "looks good",
            by: Author(name: "otto", role: .approver))
        #expect(try run.fixture.percentage == 100)
    }

    @Test("What does not exist or has no reason is refused; every command is in the audit, and why in the history")
    func refusals() async throws {
        let run = try await RolloutRun("25%:10m,100%")
        await #expect(throws: ControlPlaneError.unknownRollout(1, Fixture.environment)) {
            try await run.command(.pause)
        }
        try await run.start()
        await #expect(throws: ControlPlaneError.unknownRollout(2, Fixture.environment)) {
            try await run.command(.pause, rollout: 2)
        }
        await #expect(throws: ControlPlaneError.invalidReason(length: 0)) {
            try await run.fixture.plane.command(
                .pause, rollout: 1, in: Fixture.environment, reason: " ", by: Fixture.manager)
        }
        try await run.command(.pause)
        try await run.command(.abort)
        let entries = try await run.fixture.plane.rolloutHistory(1, in: Fixture.environment)
        #expect(entries.map(\.name) == ["step", "paused", "aborted"])
        #expect(entries.map { $0.reason?.detail } == [nil, "because", "because"])
        let actions = try await run.fixture.plane.audit().entries.map(\.action)
        #expect(actions.suffix(4) == ["flags.rollout", "rollouts.start", "rollouts.pause", "rollouts.abort"])
    }

    @Test("Looking at a rollout every second does not write every second")
    func writes() async throws {
        let run = try await RolloutRun("25%:10m,100%")
        try await run.start()
        try await run.pass(2)
        let before = run.fixture.storage.transactions
        try await run.pass(60, every: 1)
        #expect((10...13).contains(run.fixture.storage.transactions - before))
        try await run.command(.pause)
        let paused = run.fixture.storage.transactions
        try await run.pass(60, every: 1)
        #expect(run.fixture.storage.transactions == paused)
    }

    @Test("A rollout that cannot be written does not keep another from going back")
    func independence() async throws {
        let run = try await RolloutRun("25%:10m,100%")
        try await run.start()
        run.fixture.storage.fail(with: StorageFailure(.full, "full", at: "here", cure: "wait"))
        run.fixture.clock.advance(milliseconds: 10_000)
        await #expect(throws: ControlPlaneError.self) { _ = try await run.engine.advance().get() }
        run.fixture.storage.fail(with: nil)
        try await run.pass(620)
        #expect(try run.fixture.percentage == 100)
    }
}
