import ControlPlane
import FlagModel
import Synchronization
import Testing

@Suite("Subscriptions")
struct SubscriptionTests {
    @Test("A subscriber gets the snapshot in force at once, then each newer one")
    func order() async throws {
        let fixture = try await Fixture()
        var snapshots = try fixture.plane.subscribe(to: Fixture.environment).makeAsyncIterator()
        #expect(await snapshots.next()?.revision == 1)
        try await fixture.commit(try Fixture.percent(10))
        #expect(await snapshots.next()?.revision == 2)
        try await fixture.kill(Fixture.tickets)
        let third = await snapshots.next()
        #expect(third?.revision == 3)
        #expect(third?.digest == (try fixture.head.snapshot.digest))
    }

    @Test("Who lags skips to the newest")
    func lagging() async throws {
        let fixture = try await Fixture()
        var snapshots = try fixture.plane.subscribe(to: Fixture.environment).makeAsyncIterator()
        for percent in [10.0, 20, 30] { try await fixture.commit(try Fixture.percent(percent)) }
        #expect(await snapshots.next()?.revision == 4)
    }

    @Test("Nothing is published for what makes no revision")
    func quiet() async throws {
        let fixture = try await Fixture()
        var snapshots = try fixture.plane.subscribe(to: Fixture.environment).makeAsyncIterator()
        _ = await snapshots.next()
        try await fixture.commit(.serve(Fixture.tickets, variant: "off"))
        var document = try Fixture.document()
        document.settings.description = "other words"
        _ = try await fixture.plane.apply(document, reason: "words", by: Fixture.admin)
        _ = try await fixture.plane.rollback(
            in: Fixture.environment, to: 1, reason: "look", by: Fixture.admin, dryRun: true)
        try await fixture.commit(try Fixture.percent(10))
        #expect(await snapshots.next()?.revision == 2)
    }

    @Test("Subscribers of another environment hear nothing of it")
    func environments() async throws {
        let fixture = try await Fixture()
        _ = try await fixture.plane.apply(try Fixture.document("staging"), reason: "new", by: Fixture.admin)
        var snapshots = try fixture.plane.subscribe(to: "staging").makeAsyncIterator()
        _ = await snapshots.next()
        try await fixture.commit(try Fixture.percent(10))
        _ = try await fixture.plane.kill(Fixture.tickets, in: "staging", reason: "x", by: Fixture.admin)
        let next = await snapshots.next()
        #expect(next?.environment == "staging")
        #expect(next?.revision == 2)
    }

    @Test("A transaction that is reported late does not replace a newer revision, and nobody sees time run backwards")
    func reordered() async throws {
        let gate = Gate()
        let storage = MemoryStorage { number in if number == 2 { await gate.wait() } }
        let fixture = try await Fixture(storage: storage)
        var snapshots = try fixture.plane.subscribe(to: Fixture.environment).makeAsyncIterator()
        #expect(await snapshots.next()?.revision == 1)
        async let late = fixture.plane.commit(
            Changeset(baseRevision: 1, reason: "late", changes: [try Fixture.percent(10)]), in: Fixture.environment,
            by: Fixture.manager)
        await gate.arrived()
        // Revision 2 is durable and not yet reported: still the old one is visible.
        #expect(try fixture.head.revision == 1)
        let third = try await fixture.plane.kill(
            Fixture.tickets, in: Fixture.environment, reason: "now", by: Fixture.manager)
        #expect(third.revision == 3)
        #expect(await snapshots.next()?.revision == 3)
        await gate.open()
        #expect(try await late.revision == 2)
        #expect(try fixture.head.revision == 3)
        try await fixture.commit(.enable(Fixture.tickets))
        #expect(await snapshots.next()?.revision == 4)
    }

    @Test("A subscription that is given up is forgotten")
    func cancelled() async throws {
        let fixture = try await Fixture()
        let plane = fixture.plane
        let isListening = Gate()
        let task = Task {
            for await _ in try plane.subscribe(to: Fixture.environment) { await isListening.announce() }
        }
        await isListening.arrived()
        #expect(plane.subscriberCount(of: Fixture.environment) == 1)
        task.cancel()
        try await task.value
        #expect(plane.subscriberCount(of: Fixture.environment) == 0)
    }

    @Test("When publishing stops, subscriptions end, those to come included")
    func stop() async throws {
        let fixture = try await Fixture()
        var early = try fixture.plane.subscribe(to: Fixture.environment).makeAsyncIterator()
        fixture.plane.stopPublishing()
        #expect(await early.next()?.revision == 1)
        #expect(await early.next() == nil)
        var late = try fixture.plane.subscribe(to: Fixture.environment).makeAsyncIterator()
        #expect(await late.next()?.revision == 1)
        #expect(await late.next() == nil)
        #expect(try await fixture.commit(try Fixture.percent(10)).revision == 2)
    }

    @Test("A thousand subscribers and racing commits: everyone sees revisions rise and ends at the newest")
    func many() async throws {
        let fixture = try await Fixture()
        let plane = fixture.plane
        try await withThrowingTaskGroup(of: Int64.self) { group in
            for _ in 0..<1000 {
                let stream = try plane.subscribe(to: Fixture.environment)
                group.addTask {
                    var last: Int64 = 0
                    for await snapshot in stream {
                        #expect(snapshot.revision > last)
                        last = snapshot.revision
                        if last == 41 { break }
                    }
                    return last
                }
            }
            await withDiscardingTaskGroup { kills in
                for key in 1...40 {
                    kills.addTask {
                        // Each makes a revision of its own, on whatever is in force.
                        var document = EnvironmentDocument(
                            name: Fixture.environment,
                            settings: (try? plane.head(of: Fixture.environment).settings) ?? .init(),
                            flags: [:])
                        document.flags[FlagKey(unchecked: "F\(key)")] = Fixture.toggle("on")
                        await #expect(throws: Never.self) {
                            try await plane.apply(document, reason: "race", by: Fixture.admin)
                        }
                    }
                }
            }
            for try await last in group { #expect(last == 41) }
        }
    }
}
