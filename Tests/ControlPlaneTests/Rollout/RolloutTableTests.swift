import ControlPlane
import FlagModel
import Testing

/// Every phase meets every event, and what becomes of it is written down here, not computed.
@Suite("Every phase and every event of a rollout")
struct RolloutTableTests {
    /// The phases, each reached by events alone.
    private static let phases: [String] = [
        "scheduled", "running", "holding", "paused", "awaiting-approval", "completed", "rolled-back", "aborted",
    ]

    /// Where an event leads, in the order of the phases: a phase's name, `=` for no change, `!` for a refusal.
    private static let table: [(RolloutEvent, String)] = [
        (.tick(minimumHold: 0), "= = = = = = = ="),
        (.started, "running = = = = = = ="),
        (.stepApplied(revision: 99), "= = = = = = = ="),
        (.stepRefused("no"), "= = = = = = = ="),
        (.rollbackRefused("no"), "= = = = = = paused ="),
        (.converged(revision: 2), "= holding = = = = = ="),
        (.converged(revision: 1), "= = = = = = = ="),
        (.lagging(revision: 2), "= = running = = = = ="),
        (.lagging(revision: 1), "= = = = = = = ="),
        (Self.verdict(.pass), "= = = = = = = ="),
        (Self.verdict(.inconclusive), "= = = = = = = ="),
        (Self.verdict(.noData), "= = = = = = = ="),
        (Self.verdict(.outage), "= paused paused = paused = = ="),
        (Self.verdict(.fail), "= rolled-back rolled-back rolled-back rolled-back = = ="),
        (.command(.pause), "paused paused paused ! paused ! ! !"),
        (.command(.resume), "! ! ! holding ! ! ! !"),
        (.command(.promote(full: false)), "! awaiting-approval awaiting-approval ! ! ! ! !"),
        (.command(.promote(full: true)), "! awaiting-approval awaiting-approval ! ! ! ! !"),
        (.command(.approve(step: 1)), "! ! ! ! running ! ! !"),
        (.command(.approve(step: 0)), "! ! ! ! ! ! ! !"),
        (.command(.abort), "aborted aborted aborted aborted aborted ! ! !"),
        (.command(.undo()), "! rolled-back rolled-back rolled-back rolled-back rolled-back ! rolled-back"),
        (.killed, "rolled-back rolled-back rolled-back rolled-back rolled-back = = ="),
        (.rolledBackByHand, "rolled-back rolled-back rolled-back rolled-back rolled-back = = ="),
        (.otherChange("x"), "= paused paused = paused = = ="),
    ]

    private static func verdict(_ verdict: GuardVerdict) -> RolloutEvent {
        .verdict(guard: "failures", RolloutBench.reading(verdict), step: 0)
    }

    private static func bench(in phase: String) throws -> RolloutBench {
        let plan = RolloutBench.plan("1%:10m,100%", guards: [RolloutBench.failures], approvalAt: 1)
        var bench = RolloutBench(plan, startsAt: .init(millisecondsSinceEpoch: .max))
        if phase == "scheduled" { return bench }
        try bench.handle(.started)
        if phase == "running" { return bench }
        try bench.converge()
        switch phase {
        case "paused": try bench.handle(.pause)
        case "awaiting-approval": try bench.handle(.promote(full: false))
        case "completed":
            try bench.handle(.promote(full: false))
            try bench.handle(.approve(step: 1))
            try bench.handle(.promote(full: false))
        case "rolled-back": try bench.handle(.undo())
        case "aborted": try bench.handle(.abort)
        default: break
        }
        return bench
    }

    @Test("The table is kept", arguments: Self.phases.indices)
    func table(_ column: Int) throws {
        let phase = Self.phases[column]
        for (event, row) in Self.table {
            var bench = try Self.bench(in: phase)
            try #require(bench.phase.name == phase)
            let before = bench.machine
            let expected = row.split(separator: " ").map(String.init)[column]
            do throws(RolloutRefusal) {
                // Not through the bench, which would answer for the storage.
                _ = try bench.machine.handle(event, at: bench.now)
                let reached = bench.phase.name
                #expect(reached == (expected == "=" ? phase : expected), "\(phase), \(event)")
            } catch {
                #expect(expected == "!", "\(phase), \(event)")
                #expect(bench.machine == before)
            }
        }
    }

    @Test("Where nothing is left to do, nothing is done", arguments: ["completed", "rolled-back", "aborted"])
    func over(_ phase: String) throws {
        for (event, _) in Self.table {
            if case .command = event { continue }
            if case .rollbackRefused = event { continue }
            var bench = try Self.bench(in: phase)
            #expect(try bench.machine.handle(event, at: bench.now).isEmpty)
        }
    }
}
