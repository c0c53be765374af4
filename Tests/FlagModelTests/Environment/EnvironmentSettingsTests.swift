import FlagModel
import Testing

@Suite("Environment settings")
struct EnvironmentSettingsTests {
    @Test("Settings read back as they were written, invariants in the order of their names")
    func roundTrip() throws {
        let settings = try EnvironmentSettings(json: [
            "description": "d", "protected": true,
            "invariants": ["b": ["message": "m", "rule": true], "a": ["message": "n", "rule": false]],
        ])
        #expect(settings.invariants.map(\.name) == ["a", "b"])
        #expect(try EnvironmentSettings(json: settings.json) == settings)
    }

    @Test("Two invariants of one name, which only a program can make, are written without trapping")
    func duplicateNames() throws {
        let invariant = try Invariant(name: "a", json: ["message": "m", "rule": true], at: "")
        let settings = EnvironmentSettings(invariants: [invariant, invariant])
        #expect(settings.json["invariants"]?.objectValue?.count == 1)
    }

    @Test("Unknown members are refused")
    func unknown() throws {
        let error = try #require(throws: InvalidDocument.self) { try EnvironmentSettings(json: ["protcted": true]) }
        #expect(error.description.contains("did you mean \"protected\"?"))
    }

    @Test("The difference has a member for each setting, and one for each invariant")
    func difference() throws {
        let rule: JSONValue = ["message": "m", "rule": ["==": [1, 1]]]
        let before = EnvironmentSettings(
            description: "d", isProtected: true, invariants: [try Invariant(name: "a", json: rule, at: "")])
        let after = EnvironmentSettings(
            description: "d",
            invariants: [
                try Invariant(name: "b", json: ["message": "m", "rule": ["==": [1.0, 1]]], at: "")
            ])
        #expect(
            after.difference(from: before) == [
                ContentDifference.Member(path: "invariants.a", before: rule, after: nil),
                ContentDifference.Member(path: "invariants.b", before: nil, after: after.invariants[0].json),
                ContentDifference.Member(path: "protected", before: true, after: false),
            ])
        #expect(before.difference(from: before).isEmpty)
        #expect(before.difference(from: nil).map(\.path) == ["description", "invariants.a", "protected"])
    }
}
