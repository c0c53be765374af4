import ControlPlane
import FlagModel
import Testing

@Suite("A rollout's machine")
struct RolloutMachineTests {
    @Test("It takes each step once, in order, and ends after the last")
    func wholeWay() throws {
        var bench = RolloutBench()
        try bench.start()
        #expect(bench.phase == .holding(step: 0))
        try bench.pass(600)
        #expect(bench.phase == .running(step: 1))
        try bench.converge()
        try bench.pass(1800)
        try bench.converge()
        #expect(bench.phase == .holding(step: 2))
        try bench.pass(10)
        #expect(bench.phase == .completed && bench.applied == [0, 1, 2])
        #expect(bench.notices == [.step(0), .step(1), .step(2), .completed])
    }

    @Test("A step is held for its whole time, counted from the moment when every instance has it")
    func holdTime() throws {
        var bench = RolloutBench()
        try bench.handle(.started)
        try bench.pass(3600)
        #expect(bench.phase == .running(step: 0))
        try bench.converge()
        try bench.pass(590)
        #expect(bench.phase == .holding(step: 0) && bench.machine.held == 590_000)
        try bench.pass(10)
        #expect(bench.phase == .running(step: 1))
    }

    @Test("An acknowledgement of another revision does not count")
    func otherRevision() throws {
        var bench = RolloutBench()
        try bench.handle(.started)
        try bench.handle(.converged(revision: bench.revision - 1))
        #expect(bench.phase == .running(step: 0))
    }

    @Test("A pause does not count as hold time, and what was held before it does")
    func pause() throws {
        var bench = RolloutBench()
        try bench.start()
        try bench.pass(300)
        try bench.handle(.pause)
        try bench.pass(7200)
        #expect(bench.reason == .byHand)
        try bench.handle(.resume)
        try bench.pass(290)
        #expect(bench.phase == .holding(step: 0))
        try bench.pass(10)
        #expect(bench.phase == .running(step: 1) && bench.applied == [0, 1])
    }

    @Test("A server that was down for hours, or a clock that jumps, does not make a step look held")
    func gap() throws {
        var bench = RolloutBench()
        try bench.start()
        bench.now = bench.now.advanced(byMilliseconds: 36_000_000)
        try bench.handle(.tick(minimumHold: 0))
        #expect(bench.machine.held == RolloutMachine.maximumGap)
        bench.now = bench.now.advanced(byMilliseconds: -72_000_000)
        try bench.handle(.tick(minimumHold: 0))
        #expect(bench.machine.held == RolloutMachine.maximumGap && bench.phase == .holding(step: 0))
    }

    @Test("A step is held until tickets of the step before it have aged out, the last one need not be")
    func ageing() throws {
        var bench = RolloutBench(RolloutBench.plan("50%:10s,100%"))
        try bench.start()
        for _ in 0..<5 {
            bench.now = bench.now.advanced(byMilliseconds: 10_000)
            try bench.handle(.tick(minimumHold: 60))
        }
        #expect(bench.phase == .holding(step: 0))
        bench.now = bench.now.advanced(byMilliseconds: 10_000)
        try bench.handle(.tick(minimumHold: 60))
        #expect(bench.phase == .running(step: 1))
        try bench.converge()
        try bench.handle(.tick(minimumHold: 60))
        #expect(bench.phase == .completed)
    }

    @Test("It waits for its time, and begins once")
    func schedule() throws {
        let start = RolloutBench().now.advanced(byMilliseconds: 60_000)
        var bench = RolloutBench(startsAt: start)
        try bench.pass(50)
        #expect(bench.phase == .scheduled && bench.applied.isEmpty)
        try bench.pass(50)
        #expect(bench.applied == [0])
    }

    @Test("A step that needs an approval is not taken without one, and not by promoting")
    func approval() throws {
        var bench = RolloutBench(RolloutBench.plan(approvalAt: 1))
        try bench.start()
        try bench.pass(600)
        #expect(bench.phase == .awaitingApproval(step: 1) && bench.applied == [0])
        #expect(throws: RolloutRefusal.self) { try bench.handle(.promote(full: false)) }
        #expect(throws: RolloutRefusal.self) { try bench.handle(.approve(step: 2)) }
        try bench.handle(.approve(step: 1))
        #expect(bench.phase == .running(step: 1) && bench.applied == [0, 1])
    }

    @Test("Promoting takes the next step at once, promoting fully the last one, without their approvals neither")
    func promote() throws {
        var bench = RolloutBench()
        try bench.start()
        try bench.handle(.promote(full: false))
        #expect(bench.applied == [0, 1])
        try bench.handle(.promote(full: true))
        try bench.handle(.promote(full: false))
        #expect(bench.applied == [0, 1, 2] && bench.phase == .completed)

        var approved = RolloutBench(RolloutBench.plan(approvalAt: 1))
        try approved.start()
        try approved.handle(.promote(full: true))
        #expect(approved.phase == .awaitingApproval(step: 2) && approved.applied == [0])
        try approved.handle(.approve(step: 2))
        #expect(approved.applied == [0, 2])
    }

    @Test("Aborting leaves the flag as it is, undoing takes it back, each once")
    func ends() throws {
        var bench = RolloutBench()
        try bench.start()
        try bench.handle(.abort)
        #expect(bench.phase == .aborted && bench.rollbacks == 0)
        #expect(throws: RolloutRefusal.self) { try bench.handle(.abort) }
        try bench.handle(.undo())
        #expect(bench.reason == .undone && bench.rollbacks == 1)
        #expect(throws: RolloutRefusal.self) { try bench.handle(.undo()) }
        #expect(bench.rollbacks == 1)
    }

    @Test("What is stored of it is what it was, in every phase")
    func stored() throws {
        var bench = RolloutBench(RolloutBench.plan(guards: [RolloutBench.failures], approvalAt: 1))
        func check() throws {
            let read = RolloutMachine(bench.machine.plan, startsAt: nil, stateJSON: bench.machine.stateJSON)
            #expect(read == bench.machine)
        }
        try check()
        try bench.handle(.started)
        try check()
        try bench.converge()
        try bench.pass(300)
        try check()
        try bench.handle(.pause)
        try check()
        try bench.handle(.otherChange("somebody"))
        try check()
        try bench.handle(.resume)
        try bench.converge()
        try bench.pass(600)
        #expect(bench.phase == .awaitingApproval(step: 1))
        try check()
        try bench.handle(.undo())
        try check()
    }
}
