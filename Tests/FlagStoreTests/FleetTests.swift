import ControlPlane
import FlagModel
import FlagStore
import Testing

@Suite("The fleet in the database")
struct FleetTests {
    private static let moment = FleetMoment(
        uptime: .seconds(1), wall: Timestamp(millisecondsSinceEpoch: 1_750_000_000_000))

    private static func report(_ id: InstanceID, leaving: Bool = false) -> FleetReport {
        FleetReport(
            id: id, name: "chat", version: "1.2", labels: ["region": "eu", "zone": "\"a'"], revision: 1,
            digest: "d", source: "polling", isLeaving: leaving)
    }

    @Test("What is remembered of an instance is what it said, over a restart")
    func roundTrip() async throws {
        let fixture = try await Fixture()
        let fleet = try await Fleet(plane: fixture.plane, moment: { Self.moment })
        _ = try fleet.report(Self.report("a"), owner: "token", in: Fixture.environment)
        _ = try fleet.report(
            FleetReport(id: "b", name: "x", revision: 0, source: "stream"), owner: "other", in: Fixture.environment)
        try await fleet.save()

        let reopened = try await fixture.reopened()
        let stored = try await reopened.store.read { state throws(ControlPlaneError) in try state.instances() }
        #expect(stored.map(\.report.id) == ["a", "b"])
        #expect(
            stored.first
                == StoredInstance(
                    environment: Fixture.environment, report: Self.report("a"), owner: "token",
                    firstSeen: Self.moment.wall, lastSeen: Self.moment.wall))
    }

    @Test("One that leaves is taken out, and storing twice keeps one row")
    func leaving() async throws {
        let fixture = try await Fixture()
        let fleet = try await Fleet(plane: fixture.plane, moment: { Self.moment })
        _ = try fleet.report(Self.report("a"), owner: "token", in: Fixture.environment)
        try await fleet.save()
        try await fleet.save()
        _ = try fleet.report(Self.report("a", leaving: true), owner: "token", in: Fixture.environment)
        try await fleet.save()
        let stored = try await fixture.store.read { state throws(ControlPlaneError) in try state.instances() }
        #expect(stored.isEmpty)
    }
}
