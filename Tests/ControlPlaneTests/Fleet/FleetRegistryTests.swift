import ControlPlane
import FlagModel
import Testing

@Suite("The registry of instances")
struct FleetRegistryTests {
    @Test("An instance is current with the revision in force, behind with an older one, and current again")
    func currentAndBehind() throws {
        var bench = FleetBench()
        #expect(try bench.report("a", 1) == .current)
        bench.publish(2)
        bench.publish(3)
        #expect(bench.state("a") == .behind)
        #expect(bench.view("a")?.lag == 2)
        #expect(try bench.report("a", 2) == .behind)
        #expect(try bench.report("a", 3) == .current)
        #expect(bench.view("a")?.lag == 0)
    }

    @Test("An instance without a revision is behind")
    func nothingYet() throws {
        var bench = FleetBench()
        #expect(try bench.report("a", 0) == .behind)
        #expect(bench.convergence(1).isConverged == false)
    }

    @Test("Another digest, or a revision that is not there yet, is diverged")
    func diverged() throws {
        var bench = FleetBench()
        #expect(try bench.report("a", 1, digest: "another") == .diverged)
        #expect(try bench.report("b", 9) == .diverged)
        bench.publish(2)
        #expect(bench.state("a") == .diverged)
        #expect(try bench.report("a", 2) == .current)
    }

    @Test("A revision that is too old to be known counts as behind, not as diverged, until its digest is looked up")
    func lookUp() throws {
        var bench = FleetBench()
        bench.registry.publish(50, digest: FleetBench.digest(50), at: nil)
        #expect(!bench.registry.knowsDigest(of: 40))
        #expect(try bench.report("a", 40, digest: "another") == .behind)
        #expect(!bench.convergence(30).isConverged)
        bench.registry.learn(FleetBench.digest(40), of: 40)
        #expect(bench.state("a") == .diverged)
        #expect(try bench.report("a", 40) == .behind)
        #expect(bench.convergence(30).isConverged)
    }

    @Test("Silence makes an instance stale after 45 s and gone after 5 min; a word brings it back")
    func silence() throws {
        var bench = FleetBench()
        try bench.report("a", 1)
        bench.advance(.seconds(45))
        #expect(bench.state("a") == .current)
        bench.advance(.seconds(1))
        #expect(bench.state("a") == .stale)
        #expect(try bench.report("a", 1) == .current)
        bench.advance(.seconds(300))
        #expect(bench.state("a") == .stale)
        bench.advance(.seconds(1))
        #expect(bench.state("a") == .gone)
        #expect(try bench.report("a", 1) == .current)
    }

    @Test("An open stream alone does not keep an instance from being stale: a frozen process has one, too")
    func frozen() throws {
        var bench = FleetBench()
        try bench.connect("a")
        try bench.report("a", 1)
        bench.advance(.seconds(50))
        #expect(bench.state("a") == .stale)
        #expect(bench.view("a")?.instance.isConnected == true)
    }

    @Test("A clock on the wall that jumps makes nobody stale")
    func jump() throws {
        var bench = FleetBench()
        try bench.report("a", 1)
        bench.wall = bench.wall.advanced(byMilliseconds: 86_400_000)
        #expect(bench.state("a") == .current)
        bench.wall = bench.wall.advanced(byMilliseconds: -172_800_000)
        #expect(bench.state("a") == .current)
    }

    @Test("An instance that leaves is gone at once, shown for an hour, and then forgotten")
    func leaving() throws {
        var bench = FleetBench()
        try bench.report("a", 1)
        #expect(try bench.report("a", 1, leaving: true) == .gone)
        bench.advance(.seconds(3600))
        bench.registry.sweep(at: bench.now)
        #expect(bench.state("a") == .gone)
        bench.advance(.seconds(1))
        bench.registry.sweep(at: bench.now)
        #expect(bench.state("a") == nil)
    }

    @Test("Live instances are never forgotten")
    func liveStay() throws {
        var bench = FleetBench()
        try bench.report("a", 1)
        bench.advance(.seconds(200))
        bench.registry.sweep(at: bench.now)
        #expect(bench.state("a") == .stale)
    }

    @Test("An id belongs to the token that introduced it, until the instance is gone")
    func ownership() throws {
        var bench = FleetBench()
        try bench.report("a", 1)
        #expect(throws: FleetError.idTaken("a")) { try bench.report("a", 1, owner: "other") }
        #expect(throws: FleetError.idTaken("a")) { try bench.connect("a", owner: "other") }
        #expect(throws: FleetError.idTaken("a")) { try bench.registry.admit("a", owner: "other", at: bench.now) }
        bench.advance(.seconds(100))
        #expect(throws: FleetError.idTaken("a")) { try bench.report("a", 1, owner: "other") }
        bench.advance(.seconds(201))
        #expect(try bench.report("a", 1, owner: "other") == .current)
        #expect(throws: FleetError.idTaken("a")) { try bench.report("a", 1) }
    }

    @Test("Who takes over an id of one that is gone begins anew")
    func takeover() throws {
        var bench = FleetBench()
        try bench.connect("a")
        try bench.report("a", 1, leaving: true)
        bench.publish(2)
        try bench.connect("a", owner: "other")
        #expect(bench.view("a")?.instance.report.revision == 0)
        #expect(bench.view("a")?.instance.openStreams == 1)
        #expect(bench.view("a")?.instance.firstSeen == bench.wall)
    }

    @Test("A stream that opens introduces an instance; it is connected as long as one stream of it is open")
    func connection() throws {
        var bench = FleetBench()
        try bench.connect("a")
        #expect(bench.state("a") == .behind)
        try bench.connect("a")
        bench.registry.disconnect("a")
        #expect(bench.view("a")?.instance.isConnected == true)
        bench.registry.disconnect("a")
        #expect(bench.view("a")?.instance.isConnected == false)
        bench.registry.disconnect("a")
        #expect(bench.view("a")?.instance.openStreams == 0)
        bench.registry.disconnect("nobody")
    }

    @Test("An open stream of a live instance does not take back what it acknowledged")
    func reconnection() throws {
        var bench = FleetBench()
        try bench.report("a", 1)
        try bench.connect("a")
        #expect(bench.state("a") == .current)
    }

    @Test("There is room for so many and no more; those that are gone make way")
    func bounded() throws {
        var bench = FleetBench(limits: FleetLimits(instances: 2))
        try bench.report("a", 1)
        try bench.report("b", 1)
        #expect(throws: FleetError.full(FleetBench.environment, limit: 2)) { try bench.report("c", 1) }
        try bench.report("a", 1)
        try bench.report("b", 1, leaving: true)
        try bench.report("c", 1)
        #expect(bench.state("b") == nil)
        #expect(bench.registry.views(at: bench.now).map(\.instance.id) == ["a", "c"])
    }

    @Test("The one inside the server never falls silent")
    func embedded() throws {
        var bench = FleetBench()
        try bench.report("embedded", 1, owner: nil)
        bench.advance(.seconds(100_000))
        #expect(bench.state("embedded") == .current)
        #expect(throws: FleetError.idTaken("embedded")) { try bench.report("embedded", 1) }
    }

    @Test("How long an instance took is measured from the publication to its acknowledgement")
    func appliedAfter() throws {
        var bench = FleetBench()
        try bench.report("a", 1)
        #expect(bench.view("a")?.instance.appliedAfter == nil)
        bench.publish(2)
        bench.advance(.milliseconds(8))
        try bench.report("a", 2)
        #expect(bench.view("a")?.instance.appliedAfter == .milliseconds(8))
        bench.advance(.seconds(10))
        try bench.report("a", 2)
        #expect(bench.view("a")?.instance.appliedAfter == .milliseconds(8))
    }

    @Test("One that comes after a publication was not told of it, so it took no time")
    func arrival() throws {
        var bench = FleetBench()
        bench.publish(2)
        bench.advance(.seconds(10))
        try bench.connect("a")
        bench.advance(.seconds(1))
        try bench.report("a", 2)
        #expect(bench.view("a")?.instance.appliedAfter == nil)
        #expect(bench.convergence(2).lastAfter == nil)
    }

    @Test("A publication that comes late changes nothing")
    func latePublication() {
        var bench = FleetBench()
        bench.publish(3)
        bench.publish(2)
        #expect(bench.registry.revision == 3)
        #expect(bench.registry.digest == FleetBench.digest(3))
    }

    @Test("Whatever happens in whatever order, states are what their definitions say", arguments: 0..<40)
    func randomEvents(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var bench = FleetBench(limits: FleetLimits(instances: 6))
        let ids: [InstanceID] = ["a", "b", "c", "d", "e", "f", "g", "h"]
        for _ in 0..<400 {
            let id = ids.randomElement(using: &random) ?? "a"
            let owner = Bool.random(using: &random) ? "token" : "other"
            switch Int.random(in: 0..<8, using: &random) {
            case 0: bench.publish(bench.registry.revision + 1)
            case 1: bench.advance(.seconds(Int64.random(in: 0...400, using: &random)))
            case 2: try? bench.connect(id, owner: owner)
            case 3: bench.registry.disconnect(id)
            case 4: bench.registry.sweep(at: bench.now)
            case 5: bench.registry.markSaved(bench.registry.unsaved(at: bench.now))
            default:
                let revision = Int64.random(in: 0...bench.registry.revision + 1, using: &random)
                let digest = Bool.random(using: &random) ? nil : "another"
                _ = try? bench.report(
                    id, revision, digest: digest, owner: owner, leaving: Int.random(in: 0..<6, using: &random) == 0)
            }
            try Self.check(bench)
        }
    }

    private static func check(_ bench: FleetBench) throws {
        let views = bench.registry.views(at: bench.now)
        #expect(views.count <= 6)
        #expect(views.map(\.instance.id) == views.map(\.instance.id).sorted())
        let live = views.filter { $0.state != .gone }
        for view in views where view.state == .current {
            #expect(view.instance.report.digest == bench.registry.digest)
            #expect(view.instance.report.revision == bench.registry.revision)
        }
        let current = bench.convergence(bench.registry.revision)
        #expect(current.instances == live.count)
        #expect(current.acknowledged + current.laggards.count == live.count)
        #expect(current.laggards.allSatisfy { $0.state != .current && $0.state != .gone })
        for revision in 1...bench.registry.revision {
            let convergence = bench.convergence(revision)
            #expect(convergence.isConverged == bench.registry.isConverged(on: revision, at: bench.now))
            #expect(convergence.acknowledged >= current.acknowledged)
        }
        let unsaved = bench.registry.unsaved(at: bench.now)
        #expect(Set(unsaved.stored.map(\.report.id)).isDisjoint(with: unsaved.removed))
    }
}
