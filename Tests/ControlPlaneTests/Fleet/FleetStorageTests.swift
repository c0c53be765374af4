import ControlPlane
import FlagModel
import Testing

@Suite("What is stored of the fleet")
struct FleetStorageTests {
    @Test("An instance is stored when it comes, not when it acknowledges, and at most once a minute")
    func stored() throws {
        var bench = FleetBench()
        try bench.report("a", 1)
        let unsaved = bench.registry.unsaved(at: bench.now)
        #expect(unsaved.stored.map(\.report.id) == ["a"] && unsaved.removed.isEmpty)
        bench.registry.markSaved(unsaved)
        bench.publish(2)
        bench.advance(.seconds(30))
        try bench.report("a", 2)
        #expect(bench.registry.unsaved(at: bench.now).isEmpty)
        bench.advance(.seconds(30))
        try bench.report("a", 2)
        #expect(bench.registry.unsaved(at: bench.now).stored.map(\.lastSeen) == [bench.wall])
    }

    @Test("What could not be stored is still to be stored")
    func failed() throws {
        var bench = FleetBench()
        try bench.report("a", 1)
        _ = bench.registry.unsaved(at: bench.now)
        #expect(bench.registry.unsaved(at: bench.now).stored.count == 1)
    }

    @Test("One that is gone is taken out once, and put in again when it comes back")
    func removed() throws {
        var bench = FleetBench()
        try bench.report("a", 1)
        bench.registry.markSaved(bench.registry.unsaved(at: bench.now))
        try bench.report("a", 1, leaving: true)
        let unsaved = bench.registry.unsaved(at: bench.now)
        #expect(unsaved.removed == ["a"] && unsaved.stored.isEmpty)
        bench.registry.markSaved(unsaved)
        #expect(bench.registry.unsaved(at: bench.now).isEmpty)
        try bench.report("a", 1)
        #expect(bench.registry.unsaved(at: bench.now).stored.map(\.report.id) == ["a"])
    }

    @Test("One that comes and leaves before it was stored is never stored")
    func neverStored() throws {
        var bench = FleetBench()
        try bench.report("a", 1)
        try bench.report("a", 1, leaving: true)
        #expect(bench.registry.unsaved(at: bench.now).isEmpty)
    }

    @Test("What made way for another is taken out of the storage as well")
    func orphan() throws {
        var bench = FleetBench(limits: FleetLimits(instances: 1))
        try bench.report("a", 1)
        bench.registry.markSaved(bench.registry.unsaved(at: bench.now))
        try bench.report("a", 1, leaving: true)
        try bench.report("b", 1)
        let unsaved = bench.registry.unsaved(at: bench.now)
        #expect(unsaved.stored.map(\.report.id) == ["b"] && unsaved.removed == ["a"])
        bench.registry.markSaved(unsaved)
        #expect(bench.registry.unsaved(at: bench.now).isEmpty)
    }

    @Test("The one inside the server is not stored")
    func embedded() throws {
        var bench = FleetBench()
        try bench.report("embedded", 1, owner: nil)
        #expect(bench.registry.unsaved(at: bench.now).isEmpty)
    }

    @Test("A fleet over the same storage knows those that were live, as stale")
    func restart() async throws {
        let fixture = try await Fixture()
        let clock = FleetClock()
        let fleet = try await Fleet(plane: fixture.plane, moment: clock.now)
        let digest = try fixture.head.snapshot.digest
        for id in ["a", "b"] as [InstanceID] {
            let report = FleetReport(
                id: id, name: "chat", version: "1.2", labels: ["region": "eu"], revision: 1, digest: digest,
                source: "stream")
            #expect(try fleet.report(report, owner: "token", in: Fixture.environment) == .current)
        }
        fleet.disconnect("nobody", in: Fixture.environment)
        _ = try fleet.report(
            FleetReport(id: "b", name: "chat", revision: 1, digest: digest, source: "stream", isLeaving: true),
            owner: "token", in: Fixture.environment)
        try await fleet.save()

        let plane = try await ControlPlane(storage: fixture.storage, now: { fixture.clock.now })
        let second = try await Fleet(plane: plane, moment: clock.now)
        let views = second.instances(of: Fixture.environment)
        #expect(views.map(\.instance.id) == ["a"] && views.map(\.state) == [.stale])
        #expect(views.first?.instance.report.labels == ["region": "eu"])
        #expect(!second.isConverged(on: 1, in: Fixture.environment))
    }

    @Test("A commit reaches the fleet before anybody can acknowledge it")
    func publication() async throws {
        let fixture = try await Fixture()
        let clock = FleetClock()
        let fleet = try await Fleet(plane: fixture.plane, moment: clock.now)
        let before = try fixture.head.snapshot
        _ = try fleet.report(
            FleetReport(id: "a", name: "chat", revision: 1, digest: before.digest, source: "stream"), owner: "token",
            in: Fixture.environment)
        let outcome = try await fixture.commit(try Fixture.percent(50))
        #expect(fleet.convergence(on: outcome.revision, in: Fixture.environment).laggards.count == 1)
        clock.advance(.milliseconds(7))
        let report = FleetReport(
            id: "a", name: "chat", revision: outcome.revision, digest: outcome.digest, source: "stream")
        #expect(try fleet.report(report, owner: "token", in: Fixture.environment) == .current)
        #expect(
            fleet.convergence(on: outcome.revision, in: Fixture.environment).lastAfter == .milliseconds(7))
    }

    @Test("An old revision is looked up in the history")
    func history() async throws {
        let fixture = try await Fixture()
        let old = try fixture.head.snapshot.digest
        try await fixture.commit(try Fixture.percent(50))
        let fleet = try await Fleet(plane: fixture.plane, moment: FleetClock().now)
        try await fleet.lookUp(1, in: Fixture.environment)
        let right = FleetReport(id: "a", name: "chat", revision: 1, digest: old, source: "stream")
        #expect(try fleet.report(right, owner: "token", in: Fixture.environment) == .behind)
        let wrong = FleetReport(id: "a", name: "chat", revision: 1, digest: "another", source: "stream")
        #expect(try fleet.report(wrong, owner: "token", in: Fixture.environment) == .diverged)
    }
}
