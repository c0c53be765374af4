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
}
