import ControlPlane
import FlagModel
import FlagStore
import GRDB
import TestSupport
import Testing

@Suite("Rollouts in the database")
struct RolloutTests {
    private static func start(_ plane: ControlPlane, _ plan: RolloutPlan) async throws {
        _ = try await plane.startRollout(
            plan, in: Fixture.environment, reason: RolloutHarness.reason, by: Fixture.author)
    }

    private static func prepared() async throws -> RolloutHarness {
        let harness = try RolloutHarness()
        try await harness.withServer { plane, _ in
            _ = try await plane.apply(try Fixture.document(), reason: "start", by: Fixture.author)
        }
        return harness
    }

    @Test("A server that lives for one look at a time takes each step once, in order")
    func restarts() async throws {
        let harness = try await Self.prepared()
        try await harness.withServer { plane, _ in
            try await Self.start(plane, try RolloutHarness.plan("1%:60s,5%:60s,25%:60s,100%"))
        }
        for _ in 0..<40 {
            harness.advance(milliseconds: 10_000)
            _ = try await harness.withServer { _, engine in _ = try await engine.advance().get() }
        }
        try await harness.withServer { plane, _ in
            #expect(try await plane.rollout(1, in: Fixture.environment).machine.phase == .completed)
            #expect(try await RolloutHarness.shares(plane) == [1, 5, 25, 100])
            let entries = try await plane.rolloutHistory(1, in: Fixture.environment)
            #expect(entries.map(\.name) == ["step", "step", "step", "step", "completed"])
            #expect(entries.map(\.step) == [0, 1, 2, 3, nil])
            #expect(try await plane.verifyAudit().fault == nil)
        }
    }

    @Test(
        "A server that dies at any transaction, before or after it is carried out, leaves each step taken once",
        arguments: [false, true])
    func death(_ committed: Bool) async throws {
        let plan = try RolloutHarness.plan("1%:20s,5%:20s,100%")
        // Until a run gets to its end without coming to the transaction at which it was to die.
        for number in 1...60 {
            let harness = try await Self.prepared()
            let died = try await Self.run(harness, plan, dyingAt: number, committed: committed)
            try await Self.run(harness, plan)
            try await harness.withServer { plane, _ in
                try #require(try await plane.rollouts(of: Fixture.environment).map(\.machine.phase) == [.completed])
                try #require(try await RolloutHarness.shares(plane) == [1, 5, 100])
                let names = try await plane.rolloutHistory(1, in: Fixture.environment).map(\.name)
                try #require(names == ["step", "step", "step", "completed"])
            }
            guard died else {
                #expect(number > 8)
                return
            }
        }
        Issue.record("a rollout of three steps took sixty transactions")
    }

    /// Starts the rollout if there is none and moves it along for three minutes, or until the process dies.
    @discardableResult
    private static func run(
        _ harness: RolloutHarness, _ plan: RolloutPlan, dyingAt: Int? = nil, committed: Bool = false
    ) async throws -> Bool {
        do {
            try await harness.withServer(dyingAt: dyingAt, committed: committed) { plane, engine in
                if try await plane.rollouts(of: Fixture.environment).isEmpty { try await Self.start(plane, plan) }
                for _ in 0..<18 {
                    harness.advance(milliseconds: 10_000)
                    _ = try await engine.advance().get()
                }
            }
            return false
        } catch let error as ControlPlaneError {
            guard error == MortalStorage.death else { throw error }
            return true
        }
    }

    @Test("A kill and a rollback by hand end it in their own transaction", arguments: [true, false])
    func byHand(_ isKill: Bool) async throws {
        let harness = try await Self.prepared()
        try await harness.withServer { plane, _ in
            try await Self.start(plane, try RolloutHarness.plan("1%:60s,100%"))
        }
        // The one transaction that there is: had the end of the rollout another, it would not happen.
        await #expect(throws: MortalStorage.death) {
            try await harness.withServer(dyingAt: 1, committed: true) { plane, _ in
                _ =
                    isKill
                    ? try await plane.kill(Fixture.tickets, in: Fixture.environment, reason: "stop", by: Fixture.author)
                    : try await plane.rollback(in: Fixture.environment, reason: "stop", by: Fixture.author)
            }
        }
        try await harness.withServer { plane, engine in
            harness.advance(milliseconds: 100_000)
            #expect(try await engine.advance().get().isEmpty)
            let phase = try await plane.rollout(1, in: Fixture.environment).machine.phase
            #expect(phase == .rolledBack(RolloutReason(isKill ? .killed : .rolledBackByHand)))
            #expect(try await RolloutHarness.shares(plane) == [1])
        }
    }

    @Test("All that is stored of a rollout is read back, over a restart")
    func roundTrip() async throws {
        let harness = try await Self.prepared()
        let rule = RolloutGuard(name: "failures", metric: .authenticationFailures, tolerance: 0.02)
        let plan = try RolloutHarness.plan("1%:60s,100%", guards: [rule])
        let written = try await harness.withServer { plane, engine in
            try await Self.start(plane, plan)
            _ = try await plane.startRollout(
                RolloutPlan(flag: Fixture.fallback, variant: "on", steps: [RolloutStep(percentage: .full)]),
                in: Fixture.environment, at: harness.now.advanced(byMilliseconds: 1), reason: "later",
                by: Fixture.author)
            harness.advance(milliseconds: 10_000)
            _ = try await engine.advance().get()
            _ = try await plane.command(
                .pause, rollout: 1, in: Fixture.environment, reason: "wait", by: Fixture.author)
            return try await plane.rollouts(of: Fixture.environment)
        }
        #expect(written.map(\.id) == [2, 1] && written.last?.machine.plan == plan)
        let read = try await harness.withServer { plane, _ in try await plane.rollouts(of: Fixture.environment) }
        #expect(read == written)
        #expect(written.last?.machine.phase == .paused(RolloutReason(.byHand, "wait")))
        let page = try await harness.withServer { plane, _ in
            try await plane.rollouts(of: Fixture.environment, before: 2, limit: 1).map(\.id)
        }
        #expect(page == [1])
    }

    @Test(
        "What was planned, where it goes back to and what happened is never rewritten",
        arguments: [
            "UPDATE rollouts SET plan = '{}'", "UPDATE rollouts SET base_revision = NULL",
            "UPDATE rollouts SET author = 'x'", "DELETE FROM rollouts", "UPDATE rollout_entries SET actor = 'x'",
            "DELETE FROM rollout_entries",
        ])
    func rewritten(_ sql: String) async throws {
        let harness = try await Self.prepared()
        try await harness.withServer { plane, _ in
            try await Self.start(plane, try RolloutHarness.plan("1%:60s,100%"))
        }
        let queue = try DatabaseQueue(path: harness.directory.file("flags.sqlite"))
        let error = #expect(throws: DatabaseError.self) { try queue.write { try $0.execute(sql: sql) } }
        #expect(error?.message?.contains("never") == true)
    }

    @Test("A state that no rollout can be in is told, and holds up neither a kill nor a rollout elsewhere")
    func corrupt() async throws {
        let harness = try await Self.prepared()
        try await harness.withServer { plane, _ in
            _ = try await plane.apply(try Fixture.document("staging"), reason: "start", by: Fixture.author)
            try await Self.start(plane, try RolloutHarness.plan("1%:60s,100%"))
        }
        let queue = try DatabaseQueue(path: harness.directory.file("flags.sqlite"))
        try await queue.write {
            try $0.execute(sql: "UPDATE rollouts SET state = json_set(state, '$.phase', 'asleep')")
        }
        try queue.close()
        try await harness.withServer { plane, engine in
            _ = try await plane.startRollout(
                try RolloutHarness.plan("1%:10s,100%"), in: "staging", reason: "first", by: Fixture.author)
            for _ in 0..<3 {
                harness.advance(milliseconds: 10_000)
                let error = await #expect(throws: ControlPlaneError.self) { _ = try await engine.advance().get() }
                #expect(error?.description.contains("rollout 1: it stands still, as it cannot be read") == true)
            }
            #expect(try await plane.rollout(2, in: "staging").machine.step == 1)
            _ = try await plane.kill(Fixture.tickets, in: "staging", reason: "stop", by: Fixture.author)
        }
    }

    /// A rollout at 1 %, of which the plan or the state cannot be read.
    private static func damaged(_ sql: String) async throws -> RolloutHarness {
        let harness = try await Self.prepared()
        try await harness.withServer { plane, _ in
            try await Self.start(plane, try RolloutHarness.plan("1%:60s,100%"))
        }
        let queue = try DatabaseQueue(path: harness.directory.file("flags.sqlite"))
        try await queue.write { db in
            try db.execute(sql: "DROP TRIGGER rollouts_stay")
            try db.execute(sql: sql)
        }
        try queue.close()
        return harness
    }

    private static let damages = [
        "UPDATE rollouts SET state = json_set(state, '$.phase', 'asleep')", "UPDATE rollouts SET state = '{}'",
        "UPDATE rollouts SET plan = '{}'", "UPDATE rollouts SET plan = json_set(plan, '$.steps', 7)",
    ]

    @Test("One that cannot be read holds up no commit, and stands still itself", arguments: Self.damages)
    func unreadable(_ sql: String) async throws {
        let harness = try await Self.damaged(sql)
        try await harness.withServer { plane, engine in
            let flag = FlagChange.rollout(
                Fixture.tickets, percentage: try #require(Percentage(percent: 7)), variant: "on")
            let head = try plane.head(of: Fixture.environment)
            let outcome = try await plane.commit(
                Changeset(baseRevision: head.revision, reason: "go on", changes: [flag]), in: Fixture.environment,
                by: Fixture.author)
            #expect(outcome.isChanged)
            harness.advance(milliseconds: 100_000)
            await #expect(throws: ControlPlaneError.self) { _ = try await engine.advance().get() }
            let record = try await plane.rollout(1, in: Fixture.environment)
            #expect(record.machine.phase.reason?.kind == .unreadable && record.machine.fault?.isEmpty == false)
            for command in [RolloutCommand.resume, .promote(full: true), .approve(step: 0)] {
                await #expect(throws: ControlPlaneError.self) {
                    try await plane.command(
                        command, rollout: 1, in: Fixture.environment, reason: "try",
                        by: Author(name: "otto", role: .admin))
                }
            }
            await #expect(throws: ControlPlaneError.self) {
                try await Self.start(plane, try RolloutHarness.plan("20%:60s,100%"))
            }
            _ = try await plane.rollback(in: Fixture.environment, reason: "back", by: Fixture.author)
        }
    }

    @Test("A kill ends one that cannot be read, over a restart", arguments: Self.damages)
    func unreadableKilled(_ sql: String) async throws {
        let harness = try await Self.damaged(sql)
        try await harness.withServer { plane, engine in
            _ = try await plane.kill(Fixture.tickets, in: Fixture.environment, reason: "stop", by: Fixture.author)
            _ = try await engine.advance().get()
        }
        try await harness.withServer { plane, engine in
            #expect(try await plane.rollout(1, in: Fixture.environment).machine.phase.reason?.kind == .killed)
            _ = try await engine.advance().get()
        }
    }

    @Test("It can be undone, and after an abort another one started", arguments: Self.damages)
    func unreadableEnded(_ sql: String) async throws {
        let harness = try await Self.damaged(sql)
        try await harness.withServer { plane, engine in
            func command(_ command: RolloutCommand) async throws -> RolloutOutcome {
                try await plane.command(
                    command, rollout: 1, in: Fixture.environment, reason: "enough", by: Fixture.author)
            }
            _ = try await command(.abort)
            #expect(try await command(.undo()).record.machine.phase.reason?.kind == .undone)
            #expect(try await RolloutHarness.shares(plane) == [1, 0])
            try await Self.start(plane, try RolloutHarness.plan("20%:60s,100%"))
            _ = try await engine.advance().get()
        }
    }
}
