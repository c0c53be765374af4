import ControlPlane
import FlagModel
import Testing

@Suite("Taking a rollout back")
struct RolloutRollbackTests {
    private static let bad = GuardCounts(
        cohort: Tally(attempts: 1000, failures: 300), rest: Tally(attempts: 1000, failures: 5))

    /// Who gets tickets, of five thousand users.
    private static func exposed(_ run: RolloutRun) throws -> Set<Int> {
        let flag = try #require(try run.fixture.head.snapshot[Fixture.tickets])
        return Set((0..<5000).filter { flag.evaluate(EvaluationContext(targetingKey: "user-\($0)")).value == true })
    }

    @Test("Twice: the second time there is nothing to take back, and nothing changes")
    func twice() async throws {
        let run = try await RolloutRun("25%:10m,100%", before: 10)
        try await run.start()
        try await run.command(.undo())
        let revision = try run.fixture.head.revision
        await #expect(throws: ControlPlaneError.self) { try await run.command(.undo()) }
        #expect(try run.fixture.head.revision == revision)
        #expect(try run.fixture.percentage == 10)
    }

    @Test("During a transition: before any instance has the step, and between two steps")
    func transition() async throws {
        let run = try await RolloutRun("25%:10m,100%", before: 10)
        run.conditions.withLock { $0.isConverged = false }
        try await run.start()
        try await run.pass(60)
        #expect(try await run.record.machine.phase.reason == nil)
        try await run.command(.undo())
        #expect(try run.fixture.percentage == 10)
        run.conditions.withLock { $0.isConverged = true }
        try await run.pass(3600)
        #expect(try run.fixture.percentage == 10)
        #expect(try await run.shares == [25, 10])
    }

    @Test("While another rollout runs on another flag: that one goes on, and takes back its own alone")
    func other() async throws {
        let run = try await RolloutRun("25%:10m,100%", before: 10)
        var other = RolloutBench.plan("40%:10m,100%")
        other.flag = "OTHER"
        try await run.fixture.commit(.put(other.flag, Fixture.toggle("off")))
        _ = try await run.fixture.plane.startRollout(
            other, in: Fixture.environment, reason: "both", by: Fixture.manager)
        _ = try await run.fixture.plane.startRollout(
            run.plan, in: Fixture.environment, reason: "both", by: Fixture.manager)
        try await run.command(.undo(), rollout: 2)
        #expect(try run.fixture.percentage == 10)
        func share() throws -> Double? {
            try run.fixture.head.content.flags[other.flag]?.rollout?.percentage.percent
        }
        #expect(try share() == 40)
        try await run.command(.undo(), rollout: 1)
        #expect(try share() == 0)
        #expect(try run.fixture.percentage == 10)
    }

    @Test(
        "Whoever was never exposed is not exposed by it, and a later rollout takes in the same users in the same order")
    func exposure() async throws {
        let run = try await RolloutRun("1%:1m,5%:1m,25%:1m,60%:10m,100%")
        let before = try Self.exposed(run)
        try await run.start()
        var stages: [Set<Int>] = []
        for _ in 0..<4 {
            stages.append(try Self.exposed(run))
            try await run.pass(80)
        }
        #expect(before.isEmpty)
        #expect(stages.map(\.count) == stages.map(\.count).sorted() && (2500...3500).contains(stages[3].count))
        for (earlier, later) in zip(stages, stages.dropFirst()) { #expect(earlier.isStrictSubset(of: later)) }
        try await run.command(.undo())
        #expect(try Self.exposed(run) == before)
        _ = try await run.fixture.plane.startRollout(
            run.plan, in: Fixture.environment, reason: "again", by: Fixture.manager)
        for stage in stages {
            #expect(try Self.exposed(run) == stage)
            try await run.pass(80)
        }
    }

    @Test(
        "Tickets are refused from then on if that is asked for, in the revision of the way back",
        arguments: [true, false])
    func revocation(_ revokes: Bool) async throws {
        let run = try await RolloutRun("25%:10m,100%", before: 10)
        try await run.start()
        run.fixture.clock.advance(milliseconds: 1000)
        let revision = try run.fixture.head.revision
        try await run.command(.undo(revokesTickets: revokes))
        let head = try run.fixture.head
        #expect(head.revision == revision + 1 && head.content.flags[Fixture.tickets]?.rollout?.percentage.percent == 10)
        #expect(head.content.ticketsNotBefore == (revokes ? run.fixture.clock.now : nil))
        #expect(head.content.ticketsNotBeforeRevision == (revokes ? head.revision : nil))
    }

    @Test("So it is when a guard takes it back and the plan says so", arguments: [true, false])
    func planned(_ revokes: Bool) async throws {
        let run = try await RolloutRun("25%:10m,100%", guards: [RolloutBench.failures], before: 10)
        var plan = run.plan
        plan.revokesTickets = revokes
        #expect(try RolloutPlan(json: plan.json) == plan)
        _ = try await run.fixture.plane.startRollout(
            plan, in: Fixture.environment, reason: "first", by: Fixture.manager)
        try await run.pass(5)
        run.conditions.withLock { $0.counts = Self.bad }
        let revision = try run.fixture.head.revision
        try await run.pass(5)
        let head = try run.fixture.head
        #expect(head.revision == revision + 1)
        #expect(try run.fixture.percentage == 10)
        #expect(head.content.ticketsNotBefore == (revokes ? run.fixture.clock.now : nil))
    }

    @Test(
        "What a kill left of its share can be undone, while the flag is killed and once it is enabled",
        arguments: [true, false])
    func afterKill(isEnabled: Bool) async throws {
        let run = try await RolloutRun("25%:10m,100%", before: 10)
        try await run.start()
        _ = try await run.fixture.kill(Fixture.tickets)
        if isEnabled { try await run.fixture.commit(.enable(Fixture.tickets)) }
        #expect(try run.fixture.percentage == 25)
        try await run.command(.undo())
        #expect(try run.fixture.percentage == 10)
        #expect(try run.fixture.head.content.flags[Fixture.tickets]?.isKilled == !isEnabled)
        #expect(try await run.record.machine.phase.reason?.kind == .undone)
        let error = await #expect(throws: ControlPlaneError.self) { try await run.command(.undo()) }
        #expect(error?.description.contains("the flag is back already") == true)
    }

    @Test("What others made of a killed flag is not undone with its rollout")
    func changedAfterKill() async throws {
        let run = try await RolloutRun("25%:10m,100%")
        try await run.start()
        _ = try await run.fixture.kill(Fixture.tickets)
        try await run.fixture.commit(try Fixture.percent(60))
        await #expect(throws: ControlPlaneError.self) { try await run.command(.undo()) }
        #expect(try run.fixture.percentage == 60)
    }

    @Test("A way back that the storage kept from being taken is taken as soon as the storage answers")
    func storageAway() async throws {
        let run = try await RolloutRun("25%:10m,100%", guards: [RolloutBench.failures], before: 10)
        try await run.start()
        try await run.pass(5)
        run.conditions.withLock {
            $0.counts = GuardCounts(
                cohort: Tally(attempts: 1000, failures: 300), rest: Tally(attempts: 1000, failures: 5))
        }
        run.fixture.storage.edit {
            $0.contentFailure = StorageFailure(.busy, "it is busy", at: "here", cure: "try again")
        }
        run.fixture.clock.advance(milliseconds: 1000)
        #expect(await run.engine.advance().failures.count == 1)
        #expect(try await run.record.machine.phase.reason == nil)
        run.fixture.storage.edit { $0.contentFailure = nil }
        try await run.pass(5)
        #expect(try await run.record.machine.phase.reason?.kind == .guardFailed)
        #expect(try run.fixture.percentage == 10)
    }
}
