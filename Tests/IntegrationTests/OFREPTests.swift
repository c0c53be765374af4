import FlagModel
import Foundation
import Testing

@Suite("The OFREP provider of OpenFeature's Python SDK gets from a running server what it should")
struct OFREPTests {
    /// What an application asks for.
    private struct Query {
        var type: FlagType
        var key: String
        var fallback: JSONValue
        var context: JSONValue?

        var json: JSONValue {
            var members: [String: JSONValue] = [
                "type": .string(self.type.rawValue), "key": .string(self.key), "default": self.fallback,
            ]
            members["context"] = self.context
            return .object(members)
        }
    }

    private static let document: JSONValue = [
        "environment": "development",
        "flags": [
            "yes": [
                "type": "boolean", "variants": ["on": true, "off": false], "defaultVariant": "on", "safeVariant": "off",
            ],
            "word": [
                "type": "string", "variants": ["greeting": "grüß \"dich\""], "defaultVariant": "greeting",
                "metadata": ["team": "web", "level": 2.5, "beta": true],
            ],
            "count": ["type": "integer", "variants": ["three": 3], "defaultVariant": "three"],
            "ratio": ["type": "number", "variants": ["ten": 10], "defaultVariant": "ten"],
            "vast": ["type": "number", "variants": ["vast": 1e21], "defaultVariant": "vast"],
            "shape": ["type": "object", "variants": ["round": ["sides": [], "area": 1.5]], "defaultVariant": "round"],
            "off": [
                "type": "boolean", "state": "DISABLED", "variants": ["on": true, "off": false], "defaultVariant": "on",
            ],
            "yours": ["type": "integer", "variants": ["one": 1], "defaultVariant": nil],
            "half": [
                "type": "boolean", "variants": ["on": true, "off": false], "defaultVariant": "off",
                "rollout": ["variant": "on", "percentage": 50],
            ],
            "insiders": [
                "type": "string", "variants": ["in": "welcome", "out": "hello"], "defaultVariant": "out",
                "targeting": ["if": [["in": [["var": "email"], ["ada@example.com"]]], "in", nil]],
            ],
            "lost": [
                "type": "boolean", "variants": ["on": true], "defaultVariant": "on", "targeting": "nowhere",
            ],
        ],
    ]

    /// A server with the flags above in development, and a reader's token for `environments`.
    private static func with(
        environments: JSONValue = ["development"], _ body: (RunningServer, _ token: String) async throws -> Void
    ) async throws {
        try await RunningServer.with { server in
            let applied = try await server.request(
                .POST, "/v1/environments/development/apply",
                json: ["reason": "for the test", "document": Self.document])
            #expect(applied.status == 200, "\(applied.body)")
            let made = try await server.request(
                .POST, "/v1/tokens", json: ["name": "ofrep", "role": "reader", "environments": environments])
            try await body(server, try #require(made.json["token"]?.stringValue, "\(made.body)"))
        }
    }

    /// What the application gets to see.
    private static func ask(
        _ server: RunningServer, token: String, path: String = "", header: String = "Authorization", _ queries: [Query]
    ) async throws -> [JSONValue] {
        let order: JSONValue = [
            "url": .string(server.address + path),
            "headers": .object([header: .string(header == "Authorization" ? "Bearer \(token)" : token)]),
            "queries": .array(queries.map(\.json)),
        ]
        let result = try await PythonClients.run("ofrep_client.py", input: order.canonical)
        #expect(result.status == 0, "\(result.errors)")
        return try #require(try JSONParser.parse(result.output).arrayValue)
    }

    private static func ask(_ server: RunningServer, token: String, _ query: Query) async throws -> JSONValue {
        try #require(try await Self.ask(server, token: token, [query]).first)
    }

    @Test("A value of every type arrives as that type, with reason, variant and metadata")
    func values() async throws {
        try await Self.with { server, token in
            let answers = try await Self.ask(
                server, token: token,
                [
                    Query(type: .boolean, key: "yes", fallback: false),
                    Query(type: .string, key: "word", fallback: ""),
                    Query(type: .integer, key: "count", fallback: 0),
                    Query(type: .number, key: "ratio", fallback: 0),
                    Query(type: .number, key: "vast", fallback: 0),
                    Query(type: .object, key: "shape", fallback: [:]),
                ])
            #expect(
                answers.map { $0["value"] } == [true, "grüß \"dich\"", 3, 10, 1e21, ["sides": [], "area": 1.5]])
            #expect(answers.map { $0["kind"] } == ["bool", "str", "int", "float", "float", "dict"])
            #expect(answers.map { $0["variant"] } == ["on", "greeting", "three", "ten", "vast", "round"])
            #expect(answers.allSatisfy { $0["reason"] == "STATIC" && $0["error"] == .null }, "\(answers)")
            #expect(answers[1]["metadata"] == ["team": "web", "level": 2.5, "beta": true])
        }
    }

    @Test("A disabled flag and one without a default give the caller's own default, without an error")
    func defaults() async throws {
        try await Self.with { server, token in
            let answers = try await Self.ask(
                server, token: token,
                [
                    Query(type: .boolean, key: "off", fallback: true),
                    Query(type: .boolean, key: "off", fallback: false),
                    Query(type: .integer, key: "yours", fallback: 42),
                ])
            #expect(answers.map { $0["value"] } == [true, false, 42])
            #expect(answers.map { $0["reason"] } == ["DISABLED", "DISABLED", "DEFAULT"])
            #expect(answers.allSatisfy { $0["error"] == .null && $0["variant"] == "" }, "\(answers)")
        }
    }

    @Test("An unknown flag, another type and a failed rule give the default and say what is wrong")
    func failures() async throws {
        try await Self.with { server, token in
            let answers = try await Self.ask(
                server, token: token,
                [
                    Query(type: .boolean, key: "unheard-of", fallback: true),
                    Query(type: .integer, key: "word", fallback: 7), Query(type: .boolean, key: "lost", fallback: true),
                ])
            #expect(answers.map { $0["value"] } == [true, 7, true])
            #expect(answers.map { $0["error"] } == ["FLAG_NOT_FOUND", "TYPE_MISMATCH", "GENERAL"])
            #expect(answers[0]["message"]?.stringValue?.contains("unheard-of") == true, "\(answers[0])")
            #expect(answers[2]["message"]?.stringValue?.contains("nowhere") == true, "\(answers[2])")
        }
    }

    @Test("A rollout has two sides, and a user's side is the one that the server's own evaluation names")
    func rollout() async throws {
        try await Self.with { server, token in
            let users = (0..<30).map { "user-\($0)" }
            let answers = try await Self.ask(
                server, token: token,
                users.map {
                    Query(type: .boolean, key: "half", fallback: false, context: ["targetingKey": .string($0)])
                })
            #expect(Set(answers.map { $0["value"]?.boolValue }) == [true, false])
            #expect(answers.allSatisfy { $0["reason"] == "SPLIT" })
            for (user, answer) in zip(users, answers) {
                let own = try await server.request(
                    .POST, "/v1/environments/development/flags/half/evaluate",
                    json: ["context": ["targetingKey": .string(user)]])
                #expect(own.json["value"] == answer["value"], "\(user)")
            }
        }
    }

    @Test("A rule reads the attributes of the context")
    func targeting() async throws {
        try await Self.with { server, token in
            let answers = try await Self.ask(
                server, token: token,
                ["ada@example.com", "eve@example.com"].map {
                    Query(
                        type: .string, key: "insiders", fallback: "",
                        context: ["targetingKey": "user-1", "email": .string($0)])
                })
            #expect(answers.map { $0["value"] } == ["welcome", "hello"])
            #expect(answers.map { $0["reason"] } == ["TARGETING_MATCH", "DEFAULT"])
        }
    }

    @Test("A killed flag gives its safe variant at once")
    func kill() async throws {
        try await Self.with { server, token in
            let query = Query(type: .boolean, key: "yes", fallback: true)
            #expect(try await Self.ask(server, token: token, query)["value"] == true)
            let killed = try await server.flagctl("kill", "development", "yes", "--reason", "for the test")
            #expect(killed.status == 0, "\(killed.errors)")
            let answer = try await Self.ask(server, token: token, query)
            #expect(answer["value"] == false && answer["variant"] == "off", "\(answer)")
        }
    }

    @Test("A token for another environment, an unknown one and none are refused; as API key it is taken")
    func tokens() async throws {
        try await Self.with { server, token in
            let query = [Query(type: .boolean, key: "yes", fallback: false)]
            let other = try await Self.ask(server, token: token, path: "/environments/staging", query)
            #expect(other[0]["value"] == false && other[0]["message"] == "forbidden", "\(other)")
            for wrong in ["signalbox_nobody", ""] {
                let answer = try await Self.ask(server, token: wrong, query)
                #expect(answer[0]["value"] == false && answer[0]["message"] == "unauthorized", "\(answer)")
            }
            #expect(try await Self.ask(server, token: token, header: "X-API-Key", query)[0]["value"] == true)
            #expect(!server.log.contains(token) && !server.output.contains(token))
        }
    }

    @Test("A token for several environments is told to name one, and is answered where the base URL does")
    func baseURL() async throws {
        try await Self.with(environments: ["development", "staging"]) { server, token in
            let query = [Query(type: .boolean, key: "yes", fallback: false)]
            let without = try await Self.ask(server, token: token, query)
            #expect(without[0]["error"] == "GENERAL", "\(without)")
            #expect(without[0]["message"]?.stringValue?.contains("/environments/NAME") == true, "\(without)")
            let with = try await Self.ask(server, token: token, path: "/environments/development", query)
            #expect(with[0]["value"] == true, "\(with)")
        }
    }

    @Test("Bad requests of every kind are answered in the protocol's shape, and the server goes on")
    func badInput() async throws {
        try await Self.with { server, token in
            let path = "/ofrep/v1/evaluate/flags"
            let deep = String(repeating: "[", count: 100) + String(repeating: "]", count: 100)
            let bodies = [
                "", "{", "[]", #"{"context":{"a":NaN}}"#, #"{"context":{"a":1,"a":2}}"#, #"{"context":{"a":\#(deep)}}"#,
                #"{"context":{"targetingKey":7}}"#, #"{"context":[]}"#,
            ]
            for target in [path, path + "/yes"] {
                for body in bodies {
                    let answer = try await server.request(.POST, target, token: token, body: body)
                    #expect(answer.status == 400, "\(body): \(answer.body)")
                    #expect(answer.json["errorCode"] != nil && answer.json["errorDetails"] != nil, "\(answer.body)")
                }
                let large = #"{"context":{"a":""# + String(repeating: "x", count: 1_000_000) + #""}}"#
                #expect(try await server.request(.POST, target, token: token, body: large).status == 200)
                let huge = #"{"context":{"a":""# + String(repeating: "x", count: 10 << 20) + #""}}"#
                let answer = try await server.request(.POST, target, token: token, body: huge)
                #expect(answer.status == 413 && answer.json["errorDetails"] != nil, "\(answer.body)")
                #expect(try await server.request(.GET, target, token: token).status == 405)
            }
            let key = String(repeating: "k", count: 10_000)
            #expect(try await server.request(.POST, "\(path)/\(key)", token: token, json: [:]).status == 404)
            let good = try await server.request(.POST, path + "/yes", token: token, json: [:])
            #expect(good.status == 200 && good.json["value"] == true, "\(good.body)")
        }
    }

    @Test("A poller gets 304 until an answer of its context changes")
    func polling() async throws {
        try await Self.with { server, token in
            let path = "/ofrep/v1/evaluate/flags"
            let context: JSONValue = ["context": ["targetingKey": "ada"]]
            let first = try await server.request(.POST, path, token: token, json: context)
            let tag = try #require(first.header("ETag"))
            let same = try await server.request(
                .POST, path, token: token, json: context, headers: [("If-None-Match", "W/\(tag), \"x\"")])
            #expect(same.status == 304 && same.body.isEmpty)
            _ = try await server.flagctl("kill", "development", "yes", "--reason", "for the test")
            let changed = try await server.request(
                .POST, path, token: token, json: context, headers: [("If-None-Match", tag)])
            #expect(changed.status == 200 && changed.header("ETag") != tag)
        }
    }
}
