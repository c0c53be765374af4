import FlagModel
import HTTPTypes
import Testing

@testable import FlagServer

/// A server with flags of every kind in development, and short ways to ask it as an OFREP client does.
struct OFREPFixture: Sendable {
    static let path = "/ofrep/v1/evaluate/flags"

    static let definitions: [(key: String, definition: JSONValue)] = [
        ("switch", ["type": "boolean", "variants": ["on": true, "off": false], "defaultVariant": "on"]),
        (
            "greeting",
            [
                "type": "string", "variants": ["plain": "hello", "odd": "\"é\" \u{1}"], "defaultVariant": "odd",
                "metadata": ["team": "web", "level": 2, "beta": true],
            ]
        ),
        ("retries", ["type": "integer", "variants": ["few": 3], "defaultVariant": "few"]),
        (
            "ratio",
            [
                "type": "number",
                "variants": ["ten": 10, "half": 0.5, "huge": 1e21, "tiny": 1e-9, "zero": 0, "round": 1e6],
                "defaultVariant": "ten", "targeting": ["var": "variant"],
            ]
        ),
        ("theme", ["type": "object", "variants": ["dark": ["colour": "#000", "size": 1]], "defaultVariant": "dark"]),
        (
            "off",
            ["type": "boolean", "state": "DISABLED", "variants": ["on": true, "off": false], "defaultVariant": "on"]
        ),
        ("yours", ["type": "string", "variants": ["a": "A"], "defaultVariant": nil]),
        (
            "half",
            [
                "type": "boolean", "variants": ["on": true, "off": false], "defaultVariant": "off",
                "rollout": ["variant": "on", "percentage": 50, "withoutKey": "on"],
            ]
        ),
        (
            "insiders",
            [
                "type": "boolean", "variants": ["on": true, "off": false], "defaultVariant": "off",
                "targeting": ["if": [["in": ["@example.com", ["var": "email"]]], "on", nil]],
            ]
        ),
        (
            "confused",
            [
                "type": "boolean", "variants": ["on": true], "defaultVariant": "on",
                "targeting": ["var": "variant"],
            ]
        ),
        (
            "clock",
            [
                "type": "boolean", "variants": ["true": true, "false": false], "defaultVariant": "false",
                "targeting": [
                    "==": [["var": "$flagd.timestamp"], .integer(TokenForge.now.millisecondsSinceEpoch / 1000)]
                ],
            ]
        ),
    ]

    let api: TestAPI
    /// A token that is good for development only.
    let token: String

    /// Runs `body` against a server with ``definitions`` in development.
    static func with(_ body: @escaping @Sendable (OFREPFixture) async throws -> Void) async throws {
        try await TestAPI.with { api in
            let answer = try await api.commit(
                Self.definitions.map { ["op": "put", "flag": .string($0.key), "definition": $0.definition] })
            guard answer.status == 200 else { throw UnexpectedAnswer(answer) }
            try await body(
                OFREPFixture(api: api, token: try await api.token("reader", environments: ["development"])))
        }
    }

    /// Evaluates one flag.
    func single(_ key: String, _ context: JSONValue = [:], headers: HTTPFields = [:]) async throws -> Answer {
        try await self.api.send(
            .post, "\(Self.path)/\(key)", token: self.token, json: ["context": context], headers: headers)
    }

    /// Evaluates all flags.
    func bulk(_ context: JSONValue = [:], query: String = "", ifNoneMatch: String? = nil) async throws -> Answer {
        var headers: HTTPFields = [:]
        headers[.ifNoneMatch] = ifNoneMatch
        return try await self.api.send(
            .post, Self.path + query, token: self.token, json: ["context": context], headers: headers)
    }
    /// Expects that the server goes on as ever.
    func expectGoodAnswer() async throws {
        let answer = try await self.single("switch")
        #expect(answer.status == 200 && answer.body["value"] == true, "\(answer.text)")
    }
}
