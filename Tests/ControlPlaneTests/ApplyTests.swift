import ControlPlane
import FlagModel
import Testing

@Suite("Applying a document")
struct ApplyTests {
    @Test("It creates an environment at revision 1")
    func creates() async throws {
        let fixture = try await Fixture()
        let outcome = try await fixture.plane.apply(
            try Fixture.document("staging"), baseRevision: 0, reason: "new", by: Fixture.admin)
        #expect(outcome.revision == 1)
        #expect(outcome.previousRevision == 0)
        #expect(outcome.settingsChanged)
        #expect(outcome.isCreated)
        #expect(
            outcome.settingsDifference.map(\.path) == ["description", "invariants.pathway-reachable", "protected"])
        #expect(fixture.plane.environments.map(\.name) == ["development", "staging"])
        #expect(try fixture.plane.snapshot(of: "staging").content.flags.count == 3)
    }

    @Test("An environment without flags is at revision 0 and empty")
    func empty() async throws {
        let fixture = try await Fixture()
        let document = EnvironmentDocument(name: "bare", settings: EnvironmentSettings(), flags: [:])
        let outcome = try await fixture.plane.apply(document, reason: "new", by: Fixture.admin)
        #expect(!outcome.isChanged)
        #expect(outcome.settingsChanged)
        #expect(try fixture.plane.head(of: "bare").revision == 0)
        let again = try await fixture.plane.apply(document, reason: "new", by: Fixture.admin)
        #expect(!again.settingsChanged)
        #expect(try await fixture.plane.history(of: "bare").revisions.isEmpty)
    }

    @Test("Applying the same document twice changes nothing, makes no revision and writes nothing")
    func twice() async throws {
        let fixture = try await Fixture()
        let transactions = fixture.storage.transactions
        let outcome = try await fixture.plane.apply(try Fixture.document(), reason: "again", by: Fixture.admin)
        #expect(!outcome.isChanged)
        #expect(!outcome.settingsChanged)
        #expect(fixture.storage.transactions == transactions)
    }

    @Test("A number spelt 1.0 where 1 is stored is no change")
    func spelling() async throws {
        func document(_ number: JSONValue) throws -> EnvironmentDocument {
            var document = try Fixture.document()
            document.flags[Fixture.tickets]?.targeting = ["if": [["==": [["var": "level"], number]], "on", .null]]
            document.settings.invariants.append(
                try Invariant(name: "x", json: ["message": "m", "rule": ["==": [number, 1]]], at: ""))
            return document
        }
        let fixture = try await Fixture(document: try document(.integer(1)))
        let outcome = try await fixture.plane.apply(try document(.number(1)), reason: "again", by: Fixture.manager)
        #expect(!outcome.isChanged)
        #expect(!outcome.settingsChanged)
        #expect(outcome.difference.isEmpty)
    }

    @Test("Flags that the document does not name are left alone")
    func leavesOthers() async throws {
        let fixture = try await Fixture()
        try await fixture.commit(.put("EXTRA", Fixture.toggle("on")))
        let outcome = try await fixture.plane.apply(try Fixture.document(), reason: "again", by: Fixture.admin)
        #expect(!outcome.isChanged)
        #expect(try fixture.head.content.flags["EXTRA"] != nil)
    }

    @Test("When pruning, flags that the document does not name are removed")
    func prunes() async throws {
        let fixture = try await Fixture()
        try await fixture.commit(.put("EXTRA", Fixture.toggle("on")))
        let outcome = try await fixture.plane.apply(
            try Fixture.document(), prune: true, reason: "tidy", by: Fixture.admin)
        #expect(outcome.record?.flags == ["EXTRA"])
        #expect(try fixture.head.content.flags["EXTRA"] == nil)
    }

    @Test("A stale base is refused with what changed since")
    func stale() async throws {
        let fixture = try await Fixture()
        try await fixture.commit(try Fixture.percent(10))
        for base in [Int64(0), 1] {
            let error = try await #require(throws: ControlPlaneError.self) {
                try await fixture.plane.apply(
                    try Fixture.document(), baseRevision: base, reason: "late", by: Fixture.admin)
            }
            guard case .conflict(let conflict) = error else { throw error }
            #expect(conflict.current == 2)
            #expect(!conflict.difference.isEmpty)
        }
    }

    @Test("A flag that was killed stays killed, whatever the document says")
    func keepsKill() async throws {
        let fixture = try await Fixture()
        try await fixture.kill(Fixture.tickets)
        var document = try Fixture.document()
        document.flags[Fixture.ttl] = Fixture.duration(90)
        _ = try await fixture.plane.apply(document, reason: "deploy", by: Fixture.admin)
        #expect(try fixture.head.content.flags[Fixture.tickets]?.isKilled == true)
        #expect(try fixture.head.content.flags[Fixture.ttl] == Fixture.duration(90))
    }

    @Test("The content must keep the invariants that come with it")
    func invariants() async throws {
        let fixture = try await Fixture()
        var document = try Fixture.document("staging")
        document.flags[Fixture.fallback] = Fixture.toggle("off")
        let error = try await #require(throws: ControlPlaneError.self) {
            try await fixture.plane.apply(document, reason: "new", by: Fixture.admin)
        }
        guard case .invariantsViolated("staging", _) = error else { throw error }
        #expect(fixture.plane.environments.count == 1)
    }

    @Test("Settings that a document does not state stay in force, and need no permission")
    func unstated() async throws {
        var document = try Fixture.document()
        document.settings.isProtected = true
        let fixture = try await Fixture(document: document)
        let short = try EnvironmentDocument(json: [
            "environment": .string(Fixture.environment.text),
            "flags": .object([Fixture.ttl.text: Fixture.duration(40).json]),
        ])
        let outcome = try await fixture.plane.apply(short, reason: "ttl", by: Fixture.manager)
        #expect(outcome.isChanged && !outcome.settingsChanged && !outcome.isCreated)
        #expect(outcome.settingsDifference.isEmpty)
        #expect(try fixture.head.settings == document.settings)
    }

    @Test("Settings change without a revision, and the next commit is held against them")
    func settings() async throws {
        let fixture = try await Fixture()
        var document = try Fixture.document()
        document.settings.isProtected = true
        document.settings.invariants = []
        let outcome = try await fixture.plane.apply(document, reason: "protect", by: Fixture.admin)
        #expect(outcome.settingsChanged)
        #expect(!outcome.isChanged && !outcome.isCreated)
        #expect(outcome.settingsDifference.map(\.path) == ["invariants.pathway-reachable", "protected"])
        #expect(outcome.settingsDifference[0].after == nil)
        #expect(outcome.settingsDifference[1].before == false && outcome.settingsDifference[1].after == true)
        #expect(try fixture.head.settings.isProtected)
        #expect(try await fixture.commit(.serve(Fixture.fallback, variant: "off")).revision == 2)
    }

    @Test("Who may not manage environments neither creates one nor lifts an invariant, but changes flags")
    func permission() async throws {
        let fixture = try await Fixture()
        await #expect(throws: ControlPlaneError.self) {
            try await fixture.plane.apply(try Fixture.document("staging"), reason: "new", by: Fixture.manager)
        }
        var document = try Fixture.document()
        document.flags[Fixture.ttl] = Fixture.duration(40)
        #expect(try await fixture.plane.apply(document, reason: "ttl", by: Fixture.manager).isChanged)
        document.settings.invariants = []
        let error = try await #require(throws: ControlPlaneError.self) {
            try await fixture.plane.apply(document, reason: "lift", by: Fixture.manager)
        }
        guard case .permissionNeeded(.manageEnvironments, _) = error else { throw error }
        #expect(try fixture.head.settings.invariants.count == 1)
    }
}
