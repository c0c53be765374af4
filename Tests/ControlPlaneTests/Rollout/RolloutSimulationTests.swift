import ControlPlane
import FlagModel
import Testing

@Suite("A thousand rollouts in virtual time")
struct RolloutSimulationTests {
    /// One that is driven by chance: people, guards, instances, other changes and crashes, a tick at a time.
    private struct Run {
        var bench: RolloutBench
        var random: SeededGenerator
        /// The steps that a person asked to begin again or to pass over.
        var isInterfered = false
        /// How long tickets live, in seconds; somebody changes that now and then.
        var lifetime: Int64 = 30

        mutating func chance(_ oneIn: Int) -> Bool { Int.random(in: 0..<oneIn, using: &self.random) == 0 }

        mutating func event() throws {
            let step = self.bench.machine.step
            let verdict =
                self.chance(400) ? GuardVerdict.fail : self.chance(100) ? .outage : self.chance(9) ? .noData : .pass
            try? self.bench.judge(verdict)
            if self.chance(3) { try self.bench.converge() }
            if self.chance(60) { self.command(.pause) }
            if self.chance(6) { self.command(.resume) }
            if self.chance(8) { self.command(.approve(step: step)) }
            if self.chance(300) { self.command(.promote(full: false)) }
            if self.chance(3000) { self.isInterfered = self.command(.promote(full: true)) || self.isInterfered }
            if self.chance(3000) { self.command(.abort) }
            if self.chance(3000) { self.command(.undo()) }
            if self.chance(3000) { try self.bench.handle(.killed) }
            if self.chance(200) {
                try self.bench.handle(.otherChange("somebody"))
                self.isInterfered = true
            }
            self.bench.refusesSteps = self.chance(20)
            if self.chance(50) { self.lifetime = [1, 30, 300][Int.random(in: 0..<3, using: &self.random)] }
        }

        @discardableResult
        mutating func command(_ command: RolloutCommand) -> Bool {
            do {
                try self.bench.handle(command)
                return true
            } catch { return false }
        }

        /// All that was not stored is gone.
        mutating func crash() throws {
            let machine = self.bench.machine
            self.bench.machine = try #require(
                RolloutMachine(machine.plan, startsAt: machine.startsAt, stateJSON: machine.stateJSON))
            #expect(self.bench.machine == machine)
        }
    }

    private static func plan(_ random: inout SeededGenerator) -> RolloutPlan {
        let count = Int.random(in: 1...8, using: &random)
        let shares = Set((0..<count).map { _ in UInt32.random(in: 1...100_000, using: &random) }).sorted()
        var plan = RolloutPlan(
            flag: Fixture.tickets,
            steps: shares.map { share in
                RolloutStep(
                    percentage: Percentage(thousandths: share) ?? .zero, hold: .random(in: 30...600, using: &random),
                    needsApproval: Bool.random(using: &random))
            }, guards: Bool.random(using: &random) ? [RolloutBench.failures] : [])
        plan.undecidedAfter = 120
        return plan
    }

    @Test("They never leave their phases, skip a step, take one twice or exceed the target, crashes or not")
    func simulation() throws {
        var ends: [String: Int] = [:]
        for seed in 0..<1000 as Range<UInt64> {
            var random = SeededGenerator(seed: seed)
            let plan = Self.plan(&random)
            var run = Run(bench: RolloutBench(plan), random: random)
            try run.bench.handle(.started)
            var ticks = 0
            while !run.bench.phase.isOver, ticks < 3000 {
                ticks += 1
                run.bench.now = run.bench.now.advanced(byMilliseconds: Int64.random(in: 1...20_000, using: &run.random))
                let before = run.bench.machine
                // As a transaction does: the lifetime is known before anything happens.
                try run.bench.handle(.tick(minimumHold: run.lifetime))
                try run.event()
                if run.chance(4) { try run.crash() }
                try run.bench.handle(.tick(minimumHold: run.bench.machine.lifetime))
                try Self.check(run, after: before)
            }
            ends[run.bench.phase.name, default: 0] += 1
        }
        // Chance has taken every way out.
        #expect(ends["completed", default: 0] > 300 && ends["rolled-back", default: 0] > 30)
        #expect(ends["aborted", default: 0] > 5)
    }

    private static func check(_ run: Run, after before: RolloutMachine) throws {
        let bench = run.bench
        let steps = bench.machine.plan.steps
        let target = try #require(steps.last).percentage
        try #require(bench.shares.allSatisfy { $0 <= target })
        try #require(bench.machine.step >= before.step && steps.indices.contains(bench.machine.step))
        if run.isInterfered {
            try #require(bench.applied == bench.applied.sorted())
        } else {
            try #require(bench.applied == Array(0..<bench.applied.count))
        }
        for (earlier, later) in zip(bench.taken, bench.taken.dropFirst()) where earlier.step != later.step {
            try #require(later.at.milliseconds(since: earlier.at) >= later.lifetime * 1000)
        }
        if bench.phase == .completed { try #require(bench.applied.last == steps.count - 1) }
        if case .rolledBack(let reason) = bench.phase, reason.kind == .guardFailed || reason.kind == .undone {
            try #require(bench.shares.last == bench.shares.first && bench.rollbacks == 1)
        }
    }
}
