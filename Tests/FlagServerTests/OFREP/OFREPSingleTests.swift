import FlagModel
import HTTPTypes
import Testing

@testable import FlagServer

@Suite("OFREP answers for one flag")
struct OFREPSingleTests {
    @Test("A value of each type comes with key, reason and variant")
    func answersEachType() async throws {
        try await OFREPFixture.with { server in
            let cases: [(String, JSONValue)] = [
                ("switch", ["key": "switch", "reason": "STATIC", "value": true, "variant": "on"]),
                ("retries", ["key": "retries", "reason": "STATIC", "value": 3, "variant": "few"]),
                (
                    "theme",
                    [
                        "key": "theme", "reason": "STATIC", "variant": "dark",
                        "value": ["colour": "#000", "size": 1],
                    ]
                ),
            ]
            for (key, expected) in cases {
                let answer = try await server.single(key)
                #expect(answer.status == 200 && answer.body == expected, "\(answer.text)")
                #expect(answer.headers[.contentType] == "application/json")
            }
        }
    }

    @Test("A flag's metadata is handed on, and text of any kind is escaped")
    func handsMetadataOn() async throws {
        try await OFREPFixture.with { server in
            let answer = try await server.single("greeting")
            #expect(answer.body["metadata"] == ["team": "web", "level": 2, "beta": true])
            #expect(answer.body["value"] == "\"é\" \u{1}")
        }
    }

    @Test(
        "A number is told from an integer by its point or exponent",
        arguments: [
            ("ten", "10.0"), ("half", "0.5"), ("huge", "1e+21"), ("tiny", "1e-9"), ("zero", "0.0"),
            ("round", "1000000.0"),
        ])
    func spellsNumbers(variant: String, text: String) async throws {
        try await OFREPFixture.with { server in
            let answer = try await server.single("ratio", ["variant": .string(variant)])
            #expect(answer.text.contains("\"value\":\(text),"), "\(answer.text)")
            let integer = try await server.single("retries")
            #expect(integer.text.contains("\"value\":3,"))
        }
    }

    @Test("A disabled flag is answered without value, with an empty variant")
    func answersDisabled() async throws {
        try await OFREPFixture.with { server in
            let answer = try await server.single("off")
            #expect(answer.status == 200)
            #expect(answer.body == ["key": "off", "reason": "DISABLED", "variant": ""])
        }
    }

    @Test("A flag that leaves the value to the caller is answered without one")
    func answersCodeDefault() async throws {
        try await OFREPFixture.with { server in
            let answer = try await server.single("yours")
            #expect(answer.status == 200)
            #expect(answer.body == ["key": "yours", "reason": "DEFAULT", "variant": ""])
        }
    }

    @Test("A rollout is answered with SPLIT on both sides, and its variant for nobody without the key")
    func answersRollout() async throws {
        try await OFREPFixture.with { server in
            var sides: Set<Bool> = []
            for number in 0..<40 {
                let answer = try await server.single("half", ["targetingKey": .string("user-\(number)")])
                #expect(answer.body["reason"] == "SPLIT")
                sides.insert(answer.body["value"] == true)
            }
            #expect(sides == [true, false])
            let nobody = try await server.single("half")
            #expect(nobody.status == 200, "a missing targeting key is not an error")
            #expect(nobody.body == ["key": "half", "reason": "DEFAULT", "value": true, "variant": "on"])
        }
    }

    @Test("A rule that matches is TARGETING_MATCH, one that does not DEFAULT")
    func answersTargeting() async throws {
        try await OFREPFixture.with { server in
            let inside = try await server.single("insiders", ["email": "ada@example.com"])
            #expect(inside.body["reason"] == "TARGETING_MATCH" && inside.body["value"] == true)
            let outside = try await server.single("insiders", ["email": "ada@example.org"])
            #expect(outside.body["reason"] == "DEFAULT" && outside.body["value"] == false)
        }
    }

    @Test("A rule knows the time of the server's clock in seconds")
    func knowsTime() async throws {
        try await OFREPFixture.with { server in
            let first = try await server.single("clock")
            server.api.clock.advance(seconds: 1)
            let second = try await server.single("clock")
            #expect(first.body["value"] == true && second.body["value"] == false)
        }
    }

    @Test("A killed flag answers its safe variant with the very next request")
    func answersKilled() async throws {
        try await OFREPFixture.with { server in
            try await server.expectGoodAnswer()
            let definition: JSONValue = [
                "type": "boolean", "variants": ["on": true, "off": false], "defaultVariant": "on", "safeVariant": "off",
            ]
            try await server.api.commit([["op": "put", "flag": "switch", "definition": definition]])
            let kill = try await server.api.send(
                .post, "/v1/environments/development/flags/switch/kill", json: ["reason": "test"])
            #expect(kill.status == 200)
            let answer = try await server.single("switch")
            #expect(answer.body == ["key": "switch", "reason": "STATIC", "value": false, "variant": "off"])
        }
    }

    @Test("Headers say which revision of which environment answered")
    func namesRevision() async throws {
        try await OFREPFixture.with { server in
            let revision = try #require(HTTPField.Name("X-Signalbox-Revision"))
            let environment = try #require(HTTPField.Name("X-Signalbox-Environment"))
            let before = try await server.single("switch")
            #expect(before.headers[revision] == "2" && before.headers[environment] == "development")
            try await server.api.rollOut(5)
            #expect(try await server.single("switch").headers[revision] == "3")
        }
    }

    @Test(
        "A context may be left out, be null or be empty",
        arguments: ["{}", #"{"context":{}}"#, #"{"context":null}"#, #" {"context": {"targetingKey": null}} "#])
    func needsNoContext(body: String) async throws {
        try await OFREPFixture.with { server in
            let answer = try await server.api.send(
                .post, OFREPFixture.path + "/switch", token: server.token, body: body)
            #expect(answer.status == 200 && answer.body["value"] == true)
        }
    }

    @Test("A percent-encoded key is the same key")
    func decodesKeys() async throws {
        try await OFREPFixture.with { server in
            let answer = try await server.single("s%77itch")
            #expect(answer.status == 200 && answer.body["key"] == "switch", "\(answer.text)")
        }
    }
}
