import ControlPlane
import FlagModel
import Testing

@Suite("A frozen environment")
struct FreezeTests {
    /// An environment that is frozen for the hour that has just begun.
    private static func frozen(_ fixture: Fixture) async throws {
        var document = try Fixture.document()
        let now = fixture.clock.now
        document.settings.freezes = [
            FreezeWindow(
                name: "holidays", times: .once(from: now, to: now.advanced(byMilliseconds: 3_600_000)))
        ]
        document.flags = [:]
        _ = try await fixture.plane.apply(document, reason: "freeze", by: Fixture.admin)
    }

    @Test("Commits and documents that change flags are refused, naming the window and its end")
    func holdsBack() async throws {
        let fixture = try await Fixture()
        try await Self.frozen(fixture)
        let error = try await #require(throws: ControlPlaneError.self) {
            try await fixture.commit(.set(Fixture.ttl, value: 40))
        }
        let end = fixture.clock.now.advanced(byMilliseconds: 3_600_000)
        #expect(error == .frozen(Fixture.environment, Freeze(name: "holidays", until: end)))
        #expect(error.description.contains("\(end)") && error.description.contains("holidays"))
        var document = try Fixture.document()
        document.flags[Fixture.ttl] = Fixture.duration(40)
        await #expect(throws: ControlPlaneError.self) {
            try await fixture.plane.apply(document, reason: "new", by: Fixture.admin)
        }
        fixture.clock.advance(milliseconds: 3_600_000)
        try await fixture.commit(.set(Fixture.ttl, value: 40))
    }

    @Test("A kill, a rollback and a revocation of tickets are not held back, nor what changes nothing")
    func letsThrough() async throws {
        let fixture = try await Fixture()
        try await fixture.commit(.set(Fixture.ttl, value: 40))
        try await Self.frozen(fixture)
        #expect(try await fixture.rollback().isChanged)
        #expect(try await fixture.kill(Fixture.tickets).isChanged)
        #expect(try await fixture.commit(.revokeTickets(before: fixture.clock.now)).isChanged)
        #expect(try await !fixture.commit(.set(Fixture.ttl, value: 30)).isChanged)
    }

    @Test("A document that changes only settings is let through, so that an admin can lift the freeze")
    func lifting() async throws {
        let fixture = try await Fixture()
        try await Self.frozen(fixture)
        _ = try await fixture.plane.apply(try Fixture.document(), reason: "lift", by: Fixture.admin)
        #expect(try fixture.head.freeze(at: fixture.clock.now) == nil)
        try await fixture.commit(.set(Fixture.ttl, value: 40))
    }

    @Test("A window in a time zone that there is not is refused")
    func timeZone() async throws {
        let fixture = try await Fixture()
        var document = try Fixture.document()
        document.settings.freezes = [
            FreezeWindow(
                name: "a", times: .recurring(try CronExpression("0 0 * * *"), seconds: 60, timeZone: "Europe/Bonn"))
        ]
        let error = try await #require(throws: ControlPlaneError.self) {
            try await fixture.plane.apply(document, reason: "freeze", by: Fixture.admin)
        }
        #expect(error.description.contains("freezes[0].timeZone"))
    }

    @Test("A rollout holds its step, is still watched, and goes on when the freeze is over")
    func rollout() async throws {
        let run = try await RolloutRun("1%:10m,25%:10m,100%")
        try await run.start()
        try await Self.frozen(run.fixture)
        try await run.pass(3500)
        #expect(try run.fixture.percentage == 1)
        #expect(try await run.record.machine.phase == .holding(step: 0))
        try await run.pass(110)
        #expect(try run.fixture.percentage == 25)
    }

    @Test("None starts and none is promoted, but one can be paused, undone and aborted")
    func commands() async throws {
        let run = try await RolloutRun("1%:10m,100%")
        try await run.start()
        try await Self.frozen(run.fixture)
        let plane = run.fixture.plane
        await #expect(throws: ControlPlaneError.self) {
            try await plane.command(
                .promote(full: false), rollout: 1, in: Fixture.environment, reason: "go", by: Fixture.manager)
        }
        #expect(try run.fixture.percentage == 1)
        for command in [RolloutCommand.pause, .resume, .undo(revokesTickets: false)] {
            _ = try await plane.command(
                command, rollout: 1, in: Fixture.environment, reason: "back", by: Fixture.manager)
        }
        #expect(try run.fixture.percentage == 0)
        await #expect(throws: ControlPlaneError.self) { try await run.start() }
        #expect(try run.fixture.percentage == 0)
    }

    @Test("The last step ends although a freeze is open: that changes nothing")
    func completion() async throws {
        let run = try await RolloutRun("1%:10m,100%")
        try await run.start()
        while try run.fixture.percentage != 100 { try await run.pass(5) }
        try await Self.frozen(run.fixture)
        try await run.pass(10)
        #expect(try await run.record.machine.phase == .completed)
    }
}
