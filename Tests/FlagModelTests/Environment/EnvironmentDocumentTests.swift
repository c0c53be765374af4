import FlagModel
import Testing

@Suite("Environment documents")
struct EnvironmentDocumentTests {
    private static let json: JSONValue = [
        "environment": "production", "description": "the real one", "protected": true,
        "invariants": ["ttl": ["message": "keep it short", "rule": ["<=": [["var": "flags.TTL.always"], 60]]]],
        "flags": ["TTL": ["type": "integer", "variants": ["default": 30], "defaultVariant": "default"]],
    ]

    @Test("A document reads as what it declares, and writes itself back")
    func roundTrip() throws {
        let document = try EnvironmentDocument(json: Self.json)
        #expect(document.name == "production")
        #expect(document.settings.isProtected)
        #expect(document.settings.description == "the real one")
        #expect(document.settings.invariants.map(\.name) == ["ttl"])
        #expect(document.flags["TTL"]?.variants == ["default": 30])
        #expect(document.json == Self.json)
        #expect(try EnvironmentDocument(json: document.json) == document)
    }

    @Test("Only the name is needed")
    func minimal() throws {
        let document = try EnvironmentDocument(json: ["environment": "dev"])
        #expect(document.flags.isEmpty)
        #expect(document.settings == EnvironmentSettings())
        #expect(document.json == ["environment": "dev", "flags": [:]])
    }

    @Test("Settings that it does not state, or states as null, are left as they are; an empty object states none")
    func stated() throws {
        let current = try EnvironmentDocument(json: Self.json).settings
        func settings(_ members: [String: JSONValue]) throws -> EnvironmentSettings {
            let json = members.merging(["environment": "production"]) { $1 }
            return try EnvironmentDocument(json: .object(json)).settings(over: current)
        }
        #expect(try settings([:]) == current)
        #expect(try settings(["protected": .null, "invariants": .null, "description": .null]) == current)
        #expect(try settings(["invariants": [:]]).invariants.isEmpty)
        #expect(try settings(["invariants": [:]]).isProtected)
        #expect(try settings(["protected": false]).isProtected == false)
        #expect(try settings(["protected": false]).invariants.count == 1)
        #expect(try settings(["description": ""]).description.isEmpty)
    }

    @Test("All faults are told at once, each with its place")
    func faults() throws {
        let error = try #require(throws: InvalidDocument.self) {
            try EnvironmentDocument(json: [
                "environment": "Production!", "protected": "yes", "flgs": [:],
                "ticketsNotBefore": "2026-03-04T05:06:07Z", "ticketsNotBeforeRevision": 2,
                "invariants": ["a": ["message": "m"], "b": ["message": "m", "rule": ["nope": []]], "c": 1],
                "flags": [
                    "bad key": [:], "X": ["type": "integer", "variants": ["v": "s"], "defaultVariant": "w"], "Y": 3,
                ],
            ])
        }
        let paths = Set(error.issues.map(\.path))
        #expect(
            paths == [
                "environment", "protected", "flgs", "ticketsNotBefore", "ticketsNotBeforeRevision", "invariants.a.rule",
                "invariants.b.rule",
                "invariants.c",
                "flags.bad key", "flags.X.variants.v", "flags.X.defaultVariant", "flags.Y",
            ])
        #expect(error.issues.count == paths.count)
        #expect(error.description.split(separator: "\n").count == paths.count)
    }

    @Test("A document that is none says so", arguments: [nil, [], "x", 1] as [JSONValue])
    func noObject(json: JSONValue) throws {
        let error = try #require(throws: InvalidDocument.self) { try EnvironmentDocument(json: json) }
        #expect(error.issues.map(\.message) == ["expected an object, found \(json.kind)"])
    }

    @Test("A name is needed")
    func nameless() throws {
        let error = try #require(throws: InvalidDocument.self) { try EnvironmentDocument(json: [:]) }
        #expect(error.issues.map(\.path) == ["environment"])
    }
}
