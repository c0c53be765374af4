import ControlPlane
import FlagModel
import Testing

@Suite("What went wrong with other rollouts")
struct RolloutComplaintTests {
    private static let guarded = RolloutBench.plan(guards: [RolloutBench.failures])

    @Test("Aborting with nothing running changes nothing")
    func abortOfNothing() throws {
        var bench = RolloutBench(startsAt: RolloutBench().now.advanced(byMilliseconds: 60_000))
        #expect(throws: RolloutRefusal.self) { try bench.handle(.undo()) }
        try bench.handle(.abort)
        try bench.pass(3600)
        #expect(bench.phase == .aborted && bench.shares == [.zero])
        #expect(throws: RolloutRefusal.self) { try bench.handle(.undo()) }
    }

    @Test(
        "A guard that fails takes the flag back, wherever the rollout stands",
        arguments: ["running", "holding", "paused", "promoted", "awaiting-approval"])
    func failure(_ place: String) throws {
        var bench = RolloutBench(
            RolloutBench.plan(guards: [RolloutBench.failures], approvalAt: place == "awaiting-approval" ? 1 : nil))
        try bench.handle(.started)
        if place != "running" { try bench.converge() }
        if place == "paused" { try bench.handle(.pause) }
        if place == "awaiting-approval" { try bench.pass(600) }
        if place == "promoted" { try bench.handle(.promote(full: true)) }
        try bench.judge(.fail)
        #expect(bench.reason == .guardFailed && bench.rollbacks == 1 && bench.shares.last == .zero)
        #expect(bench.phase.reason?.detail.hasPrefix("failures: 1 of 10 failed (10 %; between 0") == true)
        #expect(bench.phase.reason?.evidence?["cohort"] == ["attempts": 10, "failures": 1])
        try bench.judge(.fail)
        try bench.pass(3600)
        #expect(bench.rollbacks == 1 && bench.applied.count == bench.shares.count - 2)
    }

    @Test("A rollback that was refused is not called one")
    func refusedRollback() throws {
        var bench = RolloutBench(Self.guarded)
        try bench.start()
        bench.refusesRollback = true
        try bench.judge(.fail)
        #expect(bench.reason == .rollbackRefused && bench.rollbacks == 0)
        #expect(bench.notices.last == .paused(RolloutReason(.rollbackRefused, "an invariant")))
        let told = bench.notices.count
        try bench.judge(.fail)
        #expect(bench.notices.count == told)
        bench.refusesRollback = false
        try bench.handle(.undo())
        #expect(bench.reason == .undone && bench.rollbacks == 1)
    }

    @Test(
        "Without traffic nothing advances, and a person is asked in the end",
        arguments: [GuardVerdict.noData, .inconclusive])
    func noTraffic(_ verdict: GuardVerdict) throws {
        var bench = RolloutBench(Self.guarded)
        try bench.start()
        try bench.pass(600 + 3590, verdict)
        #expect(bench.phase == .holding(step: 0) && bench.applied == [0])
        try bench.pass(20, verdict)
        #expect(bench.reason == .undecided && bench.phase.reason?.detail == "failures: \(verdict.rawValue)")
        try bench.handle(.resume)
        try bench.pass(10, .pass)
        #expect(bench.applied == [0, 1])
    }

    @Test("A verdict of long ago does not count, nor one of another step")
    func oldVerdict() throws {
        var bench = RolloutBench(Self.guarded)
        try bench.start()
        try bench.pass(590, .pass)
        bench.now = bench.now.advanced(byMilliseconds: 31_000)
        try bench.handle(.tick(minimumHold: 0))
        #expect(bench.phase == .holding(step: 0))
        try bench.handle(.verdict(guard: "failures", RolloutBench.reading(.pass), step: 1))
        try bench.handle(.tick(minimumHold: 0))
        #expect(bench.phase == .holding(step: 0))
        try bench.judge(.pass)
        try bench.handle(.tick(minimumHold: 0))
        #expect(bench.phase == .running(step: 1))
    }

    @Test("A change by someone else does not clear a pause, and pauses what was not paused")
    func upload() throws {
        var bench = RolloutBench(Self.guarded)
        try bench.start()
        try bench.handle(.pause)
        try bench.handle(.otherChange("revision 9"))
        #expect(bench.reason == .byHand)
        try bench.handle(.resume)
        try bench.converge()
        try bench.handle(.otherChange("revision 10"))
        #expect(bench.phase == .paused(RolloutReason(.changedByOthers, "revision 10")))
        try bench.pass(7200)
        #expect(bench.reason == .changedByOthers)
    }

    @Test("After a change by someone else the step begins again, with its approval")
    func approvalAfterChange() throws {
        var bench = RolloutBench(RolloutBench.plan(approvalAt: 1))
        try bench.start()
        try bench.pass(600)
        try bench.handle(.approve(step: 1))
        try bench.converge()
        try bench.pass(600)
        try bench.handle(.otherChange("somebody"))
        try bench.handle(.resume)
        #expect(bench.phase == .awaitingApproval(step: 1) && bench.machine.held == 0)
        #expect(bench.applied == [0, 1])
    }

    @Test("It does not run through its steps in a quarter of a second")
    func ramp() throws {
        var bench = RolloutBench()
        try bench.start()
        for _ in 0..<250 {
            bench.now = bench.now.advanced(byMilliseconds: 1)
            try bench.converge()
            try bench.handle(.tick(minimumHold: 0))
        }
        #expect(bench.phase == .holding(step: 0) && bench.shares.count == 2)
    }

    @Test("A step that is refused stops it, and is taken again when it is resumed")
    func refusedStep() throws {
        var bench = RolloutBench()
        try bench.start()
        bench.refusesSteps = true
        try bench.pass(600)
        #expect(bench.phase == .paused(RolloutReason(.stepRefused, "an invariant")) && bench.applied == [0])
        try bench.pass(3600)
        #expect(bench.applied == [0])
        bench.refusesSteps = false
        try bench.handle(.resume)
        #expect(bench.phase == .running(step: 1) && bench.applied == [0, 1])
    }

    @Test("An outage pauses it and does not take it back; a guard may ask for no more than a pause either")
    func outage() throws {
        var bench = RolloutBench(Self.guarded)
        try bench.start()
        try bench.judge(.outage)
        #expect(bench.reason == .outage && bench.rollbacks == 0)

        var gentle = RolloutBench.failures
        gentle.response = .pause
        bench = RolloutBench(RolloutBench.plan(guards: [gentle]))
        try bench.start()
        try bench.judge(.fail)
        #expect(bench.reason == .guardFailed && bench.rollbacks == 0)
        if case .paused = bench.phase {} else { Issue.record("it is \(bench.phase.name)") }
    }

    @Test("A kill and a rollback by hand end it, and it does nothing of its own about them")
    func kill() throws {
        for (event, kind) in [
            (RolloutEvent.killed, RolloutReason.Kind.killed), (.rolledBackByHand, .rolledBackByHand),
        ] {
            var bench = RolloutBench()
            try bench.start()
            try bench.handle(event)
            try bench.handle(event)
            try bench.pass(3600)
            #expect(bench.reason == kind && bench.rollbacks == 0 && bench.applied == [0])
        }
    }
}
