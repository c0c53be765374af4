import ControlPlane
import FlagModel
import Testing

@Suite("Convergence")
struct ConvergenceTests {
    @Test("A revision has converged when every live instance acknowledged it, and not before")
    func converges() throws {
        var bench = FleetBench()
        for id in ["a", "b", "c"] as [InstanceID] { try bench.report(id, 1) }
        bench.publish(2)
        #expect(bench.convergence(2).acknowledged == 0)
        bench.advance(.milliseconds(3))
        try bench.report("a", 2)
        bench.advance(.milliseconds(5))
        try bench.report("b", 2)
        #expect(!bench.convergence(2).isConverged)
        #expect(bench.convergence(2).laggards.map(\.instance.id) == ["c"])
        bench.advance(.milliseconds(1))
        try bench.report("c", 2)
        let convergence = bench.convergence(2)
        #expect(convergence.isConverged && !convergence.isSuperseded)
        #expect(convergence.instances == 3 && convergence.acknowledged == 3)
        #expect(convergence.lastAfter == .milliseconds(9))
        #expect(convergence.laggards.isEmpty)
    }

    @Test("A newer revision counts as well, and says that the one asked for is superseded")
    func newer() throws {
        var bench = FleetBench()
        try bench.report("a", 1)
        bench.publish(2)
        bench.publish(3)
        try bench.report("a", 3)
        let convergence = bench.convergence(2)
        #expect(convergence.isConverged && convergence.isSuperseded)
        #expect(convergence.currentRevision == 3)
    }

    @Test("The right revision with another digest does not count")
    func wrongDigest() throws {
        var bench = FleetBench()
        try bench.report("a", 1, digest: "another")
        #expect(bench.convergence(1).laggards.map(\.state) == [.diverged])
    }

    @Test("A stale instance keeps a revision from converging and is named; one that is gone does not")
    func silent() throws {
        var bench = FleetBench()
        try bench.report("a", 1)
        try bench.report("b", 1)
        bench.advance(.seconds(46))
        bench.publish(2)
        try bench.report("a", 2)
        #expect(bench.convergence(2).laggards.map(\.state) == [.stale])
        bench.advance(.seconds(255))
        #expect(bench.convergence(2).isConverged)
        #expect(bench.convergence(2).instances == 1)
    }

    @Test("One that leaves is not waited for")
    func leaves() throws {
        var bench = FleetBench()
        try bench.report("a", 1)
        bench.publish(2)
        #expect(!bench.convergence(2).isConverged)
        try bench.report("a", 1, leaving: true)
        #expect(bench.convergence(2).isConverged)
    }

    @Test("Without instances everything has converged: there is nobody to wait for")
    func nobody() {
        let convergence = FleetBench().convergence(1)
        #expect(convergence.isConverged && convergence.instances == 0 && convergence.lastAfter == nil)
    }

    @Test("No more than a hundred laggards are named, and all are counted")
    func manyLaggards() throws {
        var bench = FleetBench()
        for number in 0..<250 { try bench.report(InstanceID(unchecked: "i-\(1000 + number)"), 0) }
        let convergence = bench.convergence(1)
        #expect(convergence.laggards.count == 100)
        #expect(convergence.laggards.first?.instance.id == "i-1000")
        #expect(convergence.instances - convergence.acknowledged == 250)
    }

    @Test("After a restart of the server nothing has converged only because nobody has come back yet")
    func restart() throws {
        var bench = FleetBench(remembered: [FleetBench.stored("a"), FleetBench.stored("b")])
        #expect(bench.state("a") == .stale)
        #expect(bench.convergence(1).laggards.count == 2)
        #expect(try bench.report("a", 1) == .current)
        #expect(bench.convergence(1).acknowledged == 1)
        try bench.connect("b")
        #expect(bench.state("b") == .behind)
        #expect(bench.view("b")?.instance.firstSeen == Timestamp(millisecondsSinceEpoch: 1_700_000_000_000))
        #expect(!bench.convergence(1).isConverged)
        try bench.report("b", 1)
        #expect(bench.convergence(1).isConverged)
        #expect(bench.convergence(1).lastAfter == nil)
    }

    @Test("One that does not come back after a restart is gone after the usual time")
    func neverBack() {
        var bench = FleetBench(remembered: [FleetBench.stored("a")])
        bench.advance(.seconds(300))
        #expect(bench.state("a") == .stale)
        bench.advance(.seconds(1))
        #expect(bench.state("a") == .gone)
        #expect(bench.convergence(1).isConverged)
    }
}
