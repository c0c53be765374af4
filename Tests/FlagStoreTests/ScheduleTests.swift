import ControlPlane
import FlagModel
import FlagStore
import GRDB
import TestSupport
import Testing

@Suite("Stored schedules")
struct ScheduleTests {
    private static func schedule(
        _ content: ScheduledChange.Content, _ ifMissed: ScheduledChange.IfMissed, on plane: ControlPlane, at: Timestamp
    ) async throws -> ScheduledChange {
        let outcome = try await plane.schedule(
            content, ScheduleTerms(at: at, ifMissed: ifMissed), in: Fixture.environment, baseRevision: nil,
            reason: "soon", by: Fixture.author)
        return try #require(outcome.record)
    }

    @Test("Scheduled changes and what became of them are there after the file was closed and opened")
    func persistence() async throws {
        var fixture = try await Fixture()
        let soon = Fixture.now().advanced(byMilliseconds: 3_600_000)
        let changes = try await Self.schedule(
            .changes([Fixture.percent(25_000)]), .skip(grace: 60), on: fixture.plane, at: soon)
        let declared = EnvironmentDocument(
            name: Fixture.environment, content: try fixture.plane.snapshot(of: Fixture.environment).content)
        let document = try await Self.schedule(.document(declared, prunes: true), .runLate, on: fixture.plane, at: soon)
        fixture = try await fixture.reopened()
        #expect(
            try await fixture.plane.schedules(of: Fixture.environment).map(\.record) == [document, changes])
        let cancelled = try await fixture.plane.cancelSchedule(
            changes.id, in: Fixture.environment, reason: "no", by: Fixture.author)
        fixture = try await fixture.reopened()
        #expect(try await fixture.plane.schedule(changes.id, in: Fixture.environment).record == cancelled)
        #expect(try await fixture.plane.verifyAudit().fault == nil)
    }

    @Test("One that cannot be read keeps no other from its time")
    func unreadable() async throws {
        let harness = try RolloutHarness()
        let due = harness.now.advanced(byMilliseconds: 1000)
        try await harness.withServer { plane, _ in
            _ = try await plane.apply(try Fixture.document(), reason: "start", by: Fixture.author)
            for _ in 1...2 {
                _ = try await Self.schedule(.changes([Fixture.percent(25_000)]), .runLate, on: plane, at: due)
            }
        }
        let queue = try DatabaseQueue(path: harness.directory.file("flags.sqlite"))
        try await queue.write { db in
            try db.execute(sql: "DROP TRIGGER schedules_stay")
            try db.execute(sql: "UPDATE schedules SET content = '{\"changes\": [7]}' WHERE id = 1")
        }
        try queue.close()
        try await harness.withServer { plane, _ in
            harness.advance(milliseconds: 1000)
            let engine = ScheduleEngine(plane: plane, trusted: [Fixture.author.name])
            await #expect(throws: ControlPlaneError.self) { try await engine.advance() }
            let other = try await plane.schedule(2, in: Fixture.environment).record
            #expect(other.state == .executed)
        }
    }

    @Test("A process that dies at any transaction makes it once, or will", arguments: [true, false])
    func death(committed: Bool) async throws {
        for dyingAt in 1...3 {
            let harness = try RolloutHarness()
            let due = harness.now.advanced(byMilliseconds: 1000)
            for life in 0..<5 {
                // The first life makes the environment and the schedule, and dies while or after it executes it.
                try? await harness.withServer(dyingAt: life == 0 ? 2 + dyingAt : nil, committed: committed) {
                    plane, _ in
                    if plane.environments.isEmpty {
                        _ = try await plane.apply(try Fixture.document(), reason: "start", by: Fixture.author)
                        _ = try await Self.schedule(
                            .changes([Fixture.percent(25_000)]), .runLate, on: plane, at: due)
                    }
                    harness.advance(milliseconds: 1000)
                    for _ in 0..<3 {
                        try await ScheduleEngine(plane: plane, trusted: [Fixture.author.name]).advance()
                    }
                }
            }
            try await harness.withServer { plane, _ in
                let record = try await plane.schedule(1, in: Fixture.environment).record
                #expect(record.state == .executed && record.revision == 2)
                #expect(try plane.head(of: Fixture.environment).revision == 2)
            }
        }
    }
}
