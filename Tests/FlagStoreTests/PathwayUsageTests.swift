import ControlPlane
import FlagModel
import FlagStore
import Testing

@Suite("The pathways' use in the database")
struct PathwayUsageTests {
    private static let hour: Int64 = 3_600_000

    private func use(
        _ pathway: String, hour: Int64, attempts: Int64, grants: Int64, minute: Int64 = 0,
        in environment: EnvironmentName = Fixture.environment
    ) -> PathwayUse {
        PathwayUse(
            environment: environment, pathway: pathway,
            at: Timestamp(millisecondsSinceEpoch: hour * Self.hour + minute * 60_000),
            counts: PathwayCounts(attempts: attempts, grants: grants))
    }

    private func add(_ fixture: Fixture, _ uses: PathwayUse...) async throws {
        try await fixture.store.transact(urgency: .normal) { _ throws(ControlPlaneError) in
            Decision((), writes: [.pathwayUses(uses)])
        }
    }

    private func records(_ fixture: Fixture, since hour: Int64 = 0) async throws -> [PathwayRecord] {
        try await fixture.store.read { state throws(ControlPlaneError) in
            try state.pathwayRecords(
                of: Fixture.environment, since: Timestamp(millisecondsSinceEpoch: hour * Self.hour))
        }
    }

    @Test("Uses of one hour are added up, those of others kept apart, over a restart")
    func adds() async throws {
        let fixture = try await Fixture()
        try await self.add(fixture, self.use("cookie", hour: 10, attempts: 0, grants: 0))
        try await self.add(
            fixture, self.use("cookie", hour: 11, attempts: 3, grants: 2, minute: 1),
            self.use("ticket", hour: 11, attempts: 1, grants: 1))
        try await self.add(fixture, self.use("cookie", hour: 11, attempts: 4, grants: 0, minute: 59))
        try await self.add(fixture, self.use("cookie", hour: 12, attempts: 0, grants: 0))

        let reopened = try await fixture.reopened()
        let records = try await self.records(reopened)
        #expect(records.map(\.pathway) == ["cookie", "ticket"])
        #expect(records[0].counts == PathwayCounts(attempts: 7, grants: 2))
        #expect(records[0].lastGrant?.millisecondsSinceEpoch == 11 * Self.hour + 60_000)
        #expect(records[0].lastAttempt?.millisecondsSinceEpoch == 11 * Self.hour + 59 * 60_000)
        #expect(records[0].watchedSince.millisecondsSinceEpoch == 10 * Self.hour)
        #expect(try await self.records(reopened, since: 12)[0].counts == PathwayCounts())
        #expect(try await self.records(reopened, since: 11)[0].counts.attempts == 7)
    }

    @Test("What is older than 400 days goes, but not since when a pathway is counted and when it was used last")
    func prunes() async throws {
        let fixture = try await Fixture()
        let days: Int64 = 24
        try await self.add(fixture, self.use("cookie", hour: 1, attempts: 0, grants: 0))
        try await self.add(fixture, self.use("cookie", hour: 2, attempts: 9, grants: 9))
        try await self.add(fixture, self.use("cookie", hour: 3, attempts: 5, grants: 2))
        try await self.add(fixture, self.use("cookie", hour: 4, attempts: 3, grants: 0))
        try await self.add(fixture, self.use("session", hour: 4, attempts: 1, grants: 1))
        // Each old hour counts until it is out of the longest window.
        try await self.add(fixture, self.use("cookie", hour: 2 + 400 * days, attempts: 0, grants: 0, minute: 59))
        #expect(try await self.records(fixture)[0].counts == PathwayCounts(attempts: 17, grants: 11))

        try await self.add(fixture, self.use("cookie", hour: 500 * days, attempts: 0, grants: 0))
        let records = try await self.records(fixture)
        #expect(records[0].counts == PathwayCounts(attempts: 8, grants: 2))
        #expect(records[0].watchedSince.millisecondsSinceEpoch == Self.hour)
        #expect(records[0].lastGrant?.millisecondsSinceEpoch == 3 * Self.hour)
        #expect(records[0].lastAttempt?.millisecondsSinceEpoch == 4 * Self.hour)
        #expect(records[1].counts.grants == 1)

        // What was used since has other last uses: nothing of the old ones is left but the beginning.
        try await self.add(fixture, self.use("cookie", hour: 501 * days, attempts: 1, grants: 1))
        #expect(try await self.records(fixture)[0].counts == PathwayCounts(attempts: 1, grants: 1))
        #expect(try await self.records(fixture)[0].watchedSince.millisecondsSinceEpoch == Self.hour)
    }

    @Test("An environment that does not exist has none, and its uses are nobody else's")
    func environments() async throws {
        let fixture = try await Fixture()
        try await self.add(fixture, self.use("cookie", hour: 1, attempts: 1, grants: 1, in: "elsewhere"))
        #expect(try await self.records(fixture).isEmpty)
    }
}
