import FlagModel
import Testing

@Suite("Flag definitions as JSON")
struct FlagDefinitionJSONTests {
    @Test("A definition that was written reads back as itself, through text as well")
    func roundTrip() throws {
        var random = SplitMix64(2)
        for _ in 0..<1000 {
            let definition = random.definition()
            #expect(definition.issues(at: "flag").isEmpty)
            let text = definition.json.canonical
            let read = try FlagDefinition(json: try JSONParser.parse(text), key: "flag", at: "flag")
            #expect(read == definition)
            #expect(read.json.canonical == text)
        }
    }

    @Test("Equal definitions have equal text, and different ones different text")
    func equality() {
        var random = SplitMix64(3)
        let definitions = (0..<150).map { _ in random.definition() }
        for left in definitions {
            for right in definitions { #expect((left == right) == (left.json.canonical == right.json.canonical)) }
        }
    }

    @Test("The example of the design reads as it is meant")
    func example() throws {
        let json: JSONValue = [
            "type": "boolean", "description": "Authenticate browser WebSockets with single-use tickets",
            "owner": "platform-auth", "variants": ["on": true, "off": false], "defaultVariant": "off",
            "safeVariant": "off", "onStale": ["serve": "safe", "after": "10m"],
            "rollout": ["variant": "on", "percentage": 25, "by": "targetingKey", "seed": "ENABLE_WEBSOCKET_TICKETS"],
            "targeting": ["if": [["in": [["var": "email"], ["qa@example.com"]]], "on", nil]],
        ]
        let definition = try FlagDefinition(json: json, key: "ENABLE_WEBSOCKET_TICKETS", at: "")
        #expect(definition.type == .boolean)
        #expect(definition.state == .enabled)
        #expect(!definition.isKilled)
        #expect(definition.onStale == .serveSafe(afterSeconds: 600))
        #expect(definition.rollout?.percentage == Sample.share(25))
        #expect(definition.json == json)
    }

    @Test("A rollout without a seed takes the flag's key, and hashes the targeting key")
    func rolloutDefaults() throws {
        let definition = try FlagDefinition(
            json: [
                "type": "boolean", "variants": ["on": true], "defaultVariant": "on",
                "rollout": ["variant": "on", "percentage": 0.5],
            ], key: "SOME_FLAG", at: "")
        #expect(definition.rollout == Rollout(variant: "on", percentage: Sample.share(0.5), seed: "SOME_FLAG"))
        #expect(definition.json["rollout"]?["seed"] == "SOME_FLAG")
    }

    @Test("What is at its default is not written")
    func defaults() throws {
        let json: JSONValue = ["type": "boolean", "variants": ["on": true], "defaultVariant": nil]
        let spelt: JSONValue = [
            "type": "boolean", "variants": ["on": true], "defaultVariant": nil, "state": "ENABLED", "killed": false,
            "description": "", "owner": "", "onStale": ["serve": "last-known"], "metadata": [:], "constraints": [:],
            "targeting": [:], "safeVariant": nil, "rollout": nil,
        ]
        #expect(try FlagDefinition(json: spelt, key: "f", at: "").json == json)
    }

    @Test("Values take the form of the flag's type: 30.0 is an integer flag's 30")
    func normalization() throws {
        let definition = try FlagDefinition(
            json: ["type": "integer", "variants": ["a": .number(30)], "defaultVariant": "a"], key: "f", at: "")
        guard case .integer(30)? = definition.variants["a"] else {
            Testing.Issue.record("the variant is \(String(describing: definition.variants["a"]))")
            return
        }
    }

    @Test("A file that says 30.0 where the store says 30 changes nothing, also inside rules, objects and metadata")
    func wholeNumbersInRules() throws {
        func definition(_ number: String) throws -> FlagDefinition {
            let text = """
                {"type":"object","variants":{"a":{"n":\(number)}},"defaultVariant":"a","metadata":{"m":\(number)},\
                "targeting":{"if":[{"<":[{"var":"age"},\(number)]},"a",null]}}
                """
            return try FlagDefinition(json: try JSONParser.parse(text), key: "f", at: "")
        }
        #expect(try definition("30.0") == definition("30"))
        #expect(try definition("30.0").json.canonical == definition("30").json.canonical)
    }
}
