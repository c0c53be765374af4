import ControlPlane
import FlagModel
import Testing

@Suite("The verification of a rollback")
struct RollbackVerificationTests {
    @Test("A rollback answers as at the revision that it restored, for a thousand users of each flag")
    func agrees() async throws {
        let fixture = try await Fixture()
        try await fixture.commit(try Fixture.percent(30))
        try await fixture.commit(try Fixture.percent(80))
        let outcome = try await fixture.rollback(to: 2)
        let verification = try #require(try await fixture.plane.verify(outcome))
        #expect(verification.sample == 1000)
        #expect(verification.flags == [Fixture.tickets])
        #expect(verification.differing.isEmpty)
    }

    @Test("A flag that answers something else is named")
    func differs() async throws {
        let fixture = try await Fixture()
        let before = try fixture.head.snapshot
        try await fixture.commit(try Fixture.percent(1))
        let verification = RollbackVerification(
            of: [Fixture.tickets, Fixture.ttl], restored: before, current: try fixture.head.snapshot,
            at: fixture.clock.now)
        #expect(verification.differing == [Fixture.tickets])
    }

    @Test("A flag that a rollback leaves killed is not expected to answer as before")
    func keptKilled() async throws {
        let fixture = try await Fixture()
        try await fixture.commit(try Fixture.percent(30))
        try await fixture.kill(Fixture.tickets)
        try await fixture.commit(.set(Fixture.ttl, value: 60))
        let outcome = try await fixture.rollback()
        let verification = try #require(try await fixture.plane.verify(outcome))
        #expect(!verification.flags.contains(Fixture.tickets) || outcome.keptKilled.isEmpty)
        #expect(verification.differing.isEmpty)
    }

    @Test("A flag whose segment or prerequisite a rollback changes is verified like one that it changes itself")
    func affected() async throws {
        let fixture = try await Fixture()
        var definition = Fixture.toggle("off")
        definition.targeting = ["if": [["$ref": "staff"], "on", nil]]
        var dependant = Fixture.toggle("on")
        dependant.prerequisites = [Prerequisite(flag: "BASE", variant: "on")]
        try await fixture.commit(
            .putSegment("staff", Segment(rule: ["ends_with": [["var": "email"], "@example.com"]])),
            .put("BASE", definition), .put("TOP", dependant))
        try await fixture.commit(
            .putSegment("staff", Segment(rule: ["ends_with": [["var": "email"], "@example.org"]])))
        let verification = try #require(try await fixture.plane.verify(try await fixture.rollback()))
        #expect(verification.flags == ["BASE", "TOP"])
        #expect(verification.differing.isEmpty)
    }

    @Test("A flag that requires one which a rollback leaves killed is not expected to answer as before")
    func dependantOfKilled() async throws {
        let fixture = try await Fixture()
        var dependant = Fixture.toggle("on")
        dependant.prerequisites = [Prerequisite(flag: "BASE", variant: "on")]
        try await fixture.commit(.put("BASE", Fixture.toggle("on")), .put("TOP", dependant))
        var changed = dependant
        changed.owner = "someone"
        try await fixture.commit(.put("TOP", changed))
        try await fixture.kill("BASE")
        let outcome = try await fixture.rollback()
        #expect(outcome.restoredRevision == 2 && outcome.keptKilled == ["BASE"])
        let verification = try #require(try await fixture.plane.verify(outcome))
        #expect(verification.differing.isEmpty)
    }

    @Test("What is no rollback, or made no revision, is not verified")
    func nothing() async throws {
        let fixture = try await Fixture()
        let commit = try await fixture.commit(try Fixture.percent(30))
        #expect(try await fixture.plane.verify(commit) == nil)
        let dry = try await fixture.plane.rollback(
            in: Fixture.environment, reason: "try", by: Fixture.manager, dryRun: true)
        #expect(try await fixture.plane.verify(dry) == nil)
    }

    @Test("A rollback of very many flags is verified with fewer users for each")
    func bounded() async throws {
        let fixture = try await Fixture()
        let flags = (0..<4000).map { FlagKey(unchecked: "F\($0)") }
        let snapshot = try fixture.head.snapshot
        let verification = RollbackVerification(
            of: flags, restored: snapshot, current: snapshot, at: fixture.clock.now)
        #expect(verification.sample == 50)
        #expect(verification.flags.count == 4000)
    }
}
