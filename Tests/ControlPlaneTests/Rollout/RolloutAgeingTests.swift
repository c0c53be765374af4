import ControlPlane
import FlagModel
import Testing

@Suite("Tickets of one step age out before the next")
struct RolloutAgeingTests {
    @Test("When their lifetime is raised during a rollout, the step is held as long as they live by then")
    func raised() async throws {
        let run = try await RolloutRun("25%:1m,100%")
        try await run.start()
        try await run.pass(10)
        try await run.fixture.commit(.set(Fixture.ttl, value: 300))
        try await run.pass(280)
        #expect(try run.fixture.percentage == 25)
        try await run.pass(20)
        #expect(try run.fixture.percentage == 100)
    }

    @Test("When it is raised and lowered again, those that live longer count")
    func lowered() async throws {
        let run = try await RolloutRun("25%:1m,100%")
        try await run.start()
        try await run.fixture.commit(.set(Fixture.ttl, value: 300))
        try await run.pass(10)
        try await run.fixture.commit(.set(Fixture.ttl, value: 30))
        try await run.pass(270)
        #expect(try run.fixture.percentage == 25)
        try await run.pass(30)
        #expect(try run.fixture.percentage == 100)
    }

    @Test("Promoting waits for it and for nothing else, and says so", arguments: [true, false])
    func promoted(_ isConverged: Bool) async throws {
        let run = try await RolloutRun("1%:10m,25%:10m,100%", guards: [RolloutBench.failures])
        run.conditions.withLock { $0.isConverged = isConverged }
        try await run.start()
        try await run.pass(10)
        try await run.command(.promote(full: true))
        #expect(try run.fixture.percentage == 1)
        #expect(
            try await run.record.machine.waits(at: run.fixture.clock.now)
                == [.ageing(milliseconds: 10_000, of: 30_000)])
        try await run.pass(15)
        #expect(try run.fixture.percentage == 1)
        try await run.pass(5)
        #expect(try await run.shares == [1, 100])
    }

    @Test("A lifetime that is raised just before the promotion counts")
    func raisedBefore() async throws {
        let run = try await RolloutRun("1%:10m,100%")
        try await run.start()
        try await run.pass(40)
        try await run.fixture.commit(.set(Fixture.ttl, value: 60))
        try await run.command(.promote(full: false))
        #expect(try run.fixture.percentage == 1)
        try await run.pass(20)
        #expect(try run.fixture.percentage == 100)
    }

    @Test("A lifetime that is raised while a step waits for its approval counts")
    func raisedBeforeApproval() async throws {
        let run = try await RolloutRun("1%:1m,100%", approvalAt: 1)
        try await run.start()
        try await run.pass(80)
        try await run.fixture.commit(.set(Fixture.ttl, value: 300))
        func approve() async throws {
            _ = try await run.fixture.plane.command(
                .approve(step: 1), rollout: 1, in: Fixture.environment, reason: "looks good",
                by: Author(name: "otto", role: .approver))
        }
        let error = await #expect(throws: ControlPlaneError.self) { try await approve() }
        #expect(error?.description.contains("tickets of the step in force are still good; try again in 220 s") == true)
        try await run.pass(220)
        try await approve()
        #expect(try run.fixture.percentage == 100)
    }

    @Test("A pause calls a promotion off")
    func calledOff() async throws {
        let run = try await RolloutRun("1%:10m,100%")
        try await run.start()
        try await run.command(.promote(full: false))
        try await run.command(.pause)
        try await run.command(.resume)
        try await run.pass(60)
        #expect(try run.fixture.percentage == 1)
    }

    @Test("A promotion that waits is stored, and so is what it waits for")
    func stored() throws {
        var bench = RolloutBench(RolloutBench.plan("1%:10m,100%"))
        try bench.start()
        try bench.handle(.tick(minimumHold: 30))
        try bench.handle(.promote(full: false))
        #expect(bench.machine.promotion == 1 && bench.machine.lifetime == 30 && bench.applied == [0])
        let read = RolloutMachine(bench.machine.plan, startsAt: nil, stateJSON: bench.machine.stateJSON)
        #expect(read == bench.machine)
    }
}
