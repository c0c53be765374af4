import FlagModel
import Testing

@Suite("Faults of a flag definition")
struct FlagDefinitionIssueTests {
    /// The faults of a sound toggle with `members` put in.
    private func issues(_ members: [String: JSONValue], without missing: String...) -> [String] {
        var all: [String: JSONValue] = [
            "type": "boolean", "variants": ["on": true, "off": false], "defaultVariant": "off",
        ]
        for (name, value) in members { all[name] = value }
        for name in missing { all[name] = nil }
        do throws(InvalidDocument) {
            _ = try FlagDefinition(json: .object(all), key: "X", at: "flags.X")
            return []
        } catch {
            return error.issues.map(\.description)
        }
    }

    struct Fault: Sendable, CustomTestStringConvertible {
        var members: [String: JSONValue]
        var path: String
        var words: String
        var testDescription: String { "\(JSONValue.object(self.members).canonical) at \(self.path)" }

        init(_ members: [String: JSONValue], _ path: String, _ words: String) {
            self.members = members
            self.path = path
            self.words = words
        }
    }

    static let faults: [Fault] = [
        Fault(["type": "bool"], "flags.X.type", "did you mean boolean?"),
        Fault(["type": 1], "flags.X.type", "expected a string, found an integer"),
        Fault(["state": "enabled"], "flags.X.state", "did you mean ENABLED?"),
        Fault(["killed": "yes"], "flags.X.killed", "expected a boolean, found a string"),
        Fault(["description": 1], "flags.X.description", "expected a string"),
        Fault(["owner": []], "flags.X.owner", "expected a string, found an array"),
        Fault(["variants": [:], "defaultVariant": nil], "flags.X.variants", "at least one"),
        Fault(["variants": []], "flags.X.variants", "expected an object, found an array"),
        Fault(["variants": ["on": "true", "off": false]], "flags.X.variants.on", "expected a boolean, found a string"),
        Fault(["variants": ["off": false, "": true]], "flags.X.variants", "cannot be empty"),
        Fault(["defaultVariant": "offf"], "flags.X.defaultVariant", "no variant \"offf\"; there are: off, on"),
        Fault(["defaultVariant": false], "flags.X.defaultVariant", "put it in quotes"),
        Fault(["safeVariant": true], "flags.X.safeVariant", "put it in quotes"),
        Fault(["safeVariant": "safe"], "flags.X.safeVariant", "there is no variant"),
        Fault(["rollout": ["variant": true, "percentage": 1]], "flags.X.rollout.variant", "put it in quotes"),
        Fault(
            ["rollout": ["variant": "on", "percentage": 100.0005]], "flags.X.rollout.percentage", "100.0005 is not a"),
        Fault(["rollout": ["variant": "on", "percentage": -1]], "flags.X.rollout.percentage", "-1 is not a"),
        Fault(["rollout": ["variant": "on", "percentage": "25"]], "flags.X.rollout.percentage", "expected a number"),
        Fault(["rollout": ["variant": "on"]], "flags.X.rollout.percentage", "is missing"),
        Fault(["rollout": ["percentage": 5]], "flags.X.rollout.variant", "is missing"),
        Fault(["rollout": ["variant": "maybe", "percentage": 5]], "flags.X.rollout.variant", "there is no variant"),
        Fault(["rollout": "on"], "flags.X.rollout", "expected an object"),
        Fault(
            ["rollout": ["variant": "on", "percentge": 5, "percentage": 5]], "flags.X.rollout.percentge",
            "did you mean \"percentage\"?"),
        Fault(
            ["rollout": ["variant": "on", "percentage": 5, "withoutKey": "x"]], "flags.X.rollout.withoutKey",
            "no variant"),
        Fault(["onStale": ["serve": "safe"]], "flags.X.onStale.after", "is missing"),
        Fault(["onStale": ["serve": "safe", "after": "soon"]], "flags.X.onStale.after", "expected a duration"),
        Fault(["onStale": ["serve": "last-known", "after": "1h"]], "flags.X.onStale.after", "serve: safe only"),
        Fault(["onStale": ["serve": "never"]], "flags.X.onStale.serve", "last-known or safe"),
        Fault(["onStale": [:]], "flags.X.onStale.serve", "is missing"),
        Fault(
            ["constraints": ["minimum": 2, "maximum": 1]], "flags.X.constraints", "the minimum is above the maximum"),
        Fault(["constraints": ["maximumLength": -1]], "flags.X.constraints.maximumLength", "cannot be negative"),
        Fault(["constraints": ["min": 1]], "flags.X.constraints.min", "unknown member"),
        Fault(["metadata": ["a": [1]]], "flags.X.metadata.a", "found an array"),
        Fault(["metadata": ["a": nil]], "flags.X.metadata.a", "found null"),
        Fault(["targeting": ["iff": [true, "on"]]], "flags.X.targeting", "did you mean \"if\"?"),
        Fault(
            ["targeting": ["if": [["==": [1, ["vaar": "a"]]], "on"]]], "flags.X.targeting.if[0].==[1]",
            "did you mean \"var\"?"),
        Fault(["defaultVarient": "off"], "flags.X.defaultVarient", "did you mean \"defaultVariant\"?"),
        Fault(["colour": "red"], "flags.X.colour", "unknown member"),
    ]

    @Test("Each fault is told once, with its place and what to do", arguments: Self.faults)
    func each(fault: Fault) {
        let found = self.issues(fault.members)
        #expect(found.count == 1)
        #expect(found.contains { $0.hasPrefix(fault.path + ": ") && $0.contains(fault.words) })
    }

    @Test(
        "A missing type, missing variants and a missing default are told",
        arguments: ["type", "variants", "defaultVariant"])
    func missing(member: String) {
        #expect(self.issues([:], without: member).contains { $0.hasPrefix("flags.X.\(member): is missing") })
    }

    @Test("Serving the safe variant when stale needs a variant that is safe")
    func staleWithoutSafe() {
        #expect(
            self.issues(["defaultVariant": nil, "onStale": ["serve": "safe", "after": "1m"]])
                == ["flags.X.onStale: serving the safe variant needs a safeVariant"])
    }

    @Test("All faults are told at once, in one order")
    func allAtOnce() {
        let found = self.issues([
            "state": "on", "variants": ["on": 1, "off": false], "defaultVariant": "of", "safeVariant": true,
            "rollout": ["variant": "on", "percentage": 101, "sed": "x"], "constraints": ["minimum": "0"],
            "targeting": ["nope": 1],
            "metadata": ["list": []], "ower": "me",
        ])
        let paths = found.map { String($0.prefix { $0 != ":" }) }
        #expect(
            Set(paths) == [
                "flags.X.state", "flags.X.variants.on", "flags.X.defaultVariant", "flags.X.safeVariant",
                "flags.X.rollout.percentage", "flags.X.rollout.sed", "flags.X.constraints.minimum", "flags.X.targeting",
                "flags.X.metadata.list", "flags.X.ower",
            ])
        #expect(
            found
                == self.issues([
                    "state": "on", "variants": ["on": 1, "off": false], "defaultVariant": "of", "safeVariant": true,
                    "rollout": ["variant": "on", "percentage": 101, "sed": "x"], "constraints": ["minimum": "0"],
                    "targeting": ["nope": 1],
                    "metadata": ["list": []], "ower": "me",
                ]))
    }

    @Test("A definition that is no object has that one fault", arguments: [nil, 1, "x", [], true] as [JSONValue])
    func noObject(json: JSONValue) throws {
        let error = try #require(throws: InvalidDocument.self) {
            try FlagDefinition(json: json, key: "X", at: "flags.X")
        }
        #expect(error.issues.map(\.description) == ["flags.X: expected an object, found \(json.kind)"])
    }

    @Test("An integer beyond what every reader keeps exact is told as that")
    func inexactInteger() throws {
        let found = self.issues([
            "type": "integer", "variants": ["on": .integer(9_007_199_254_740_992), "off": 1],
        ])
        #expect(found.count == 1)
        #expect(found[0].contains("9007199254740991"))
    }

    @Test("A value of a megabyte does not make a fault of a megabyte")
    func longValues() {
        let found = self.issues(["variants": ["on": .string(String(repeating: "x", count: 1_000_000)), "off": false]])
        #expect(found.count == 1)
        #expect(found[0].utf8.count < 400)
    }
}
