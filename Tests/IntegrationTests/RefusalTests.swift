import FlagModel
import Foundation
import Testing

@Suite("Bad input")
struct RefusalTests {
    private static let changesets = "/v1/environments/development/changesets"

    private struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var body: String
        var status: Int
        /// What the answer has to name.
        var names: [String]
        var testDescription: String { self.name }
    }

    private static let cases = [
        Case(
            name: "a truncated JSON", body: #"{"baseRevision": 1, "reason": "x", "chan"#, status: 400, names: ["line 1"]
        ),
        Case(
            name: "a key twice", body: #"{"baseRevision": 1, "baseRevision": 2, "reason": "x", "changes": []}"#,
            status: 400, names: ["baseRevision", "twice"]),
        Case(
            name: "a misspelt member", body: #"{"baseRevision": 1, "reason": "x", "changes": [], "dryrun": true}"#,
            status: 422, names: ["dryrun", "dryRun"]),
        Case(
            name: "a value outside its bounds",
            body:
                #"{"baseRevision": 1, "reason": "x", "changes": [{"op": "set", "flag": "WEBSOCKET_TICKET_TTL", "value": 5000}]}"#,
            status: 422, names: ["WEBSOCKET_TICKET_TTL", "5000", "3600"]),
        Case(
            name: "a wrong type",
            body:
                #"{"baseRevision": 1, "reason": "x", "changes": [{"op": "set", "flag": "WEBSOCKET_TICKET_TTL", "value": "long"}]}"#,
            status: 422, names: ["WEBSOCKET_TICKET_TTL", "an integer"]),
        Case(
            name: "an unknown flag",
            body:
                #"{"baseRevision": 1, "reason": "x", "changes": [{"op": "kill", "flag": "ENABLE_WEBSOCKET_TICKET"}]}"#,
            status: 404, names: ["ENABLE_WEBSOCKET_TICKETS"]),
        Case(
            name: "a percentage above 100",
            body:
                #"{"baseRevision": 1, "reason": "x", "changes": [{"op": "rollout", "flag": "ENABLE_WEBSOCKET_TICKETS", "percentage": 101}]}"#,
            status: 422, names: ["changes[0].percentage", "101"]),
        Case(
            name: "no reason",
            body:
                #"{"baseRevision": 1, "reason": " ", "changes": [{"op": "kill", "flag": "ENABLE_WEBSOCKET_TICKETS"}]}"#,
            status: 422, names: ["reason"]),
    ]

    @Test("is answered with a problem that names the place, and nothing is written")
    func changesets() async throws {
        try await RunningServer.with { server in
            let before = try await server.request(.GET, "/v1/environments")
            for bad in Self.cases {
                let answer = try await server.request(.POST, Self.changesets, body: bad.body)
                #expect(answer.status == bad.status, "\(bad.name): \(answer.body)")
                #expect(answer.header("Content-Type")?.hasPrefix("application/problem+json") == true)
                for name in bad.names { #expect(answer.body.contains(name), "\(bad.name): \(answer.body)") }
            }
            #expect(try await server.request(.GET, "/v1/environments").body == before.body)
        }
    }

    @Test("A body of 20 MB is refused with 413, and the server goes on")
    func twentyMegabytes() async throws {
        try await RunningServer.with { server in
            for path in [Self.changesets, "/websocket/ticket/consume"] {
                let body = #"{"ticket": ""# + String(repeating: "x", count: 20 << 20) + #""}"#
                let answer = try await server.request(.POST, path, body: body)
                #expect(answer.status == 413, "\(answer.body)")
            }
            #expect(try await server.request(.GET, "/healthz", token: nil).status == 200)
        }
    }

    @Test("A wrong token is refused with 401 and is not repeated in the answer")
    func wrongToken() async throws {
        try await RunningServer.with { server in
            let answer = try await server.request(.GET, "/v1/environments", token: "a-wrong-token-that-nobody-made")
            #expect(answer.status == 401)
            #expect(answer.header("WWW-Authenticate")?.hasPrefix("Bearer") == true)
            #expect(!answer.body.contains("a-wrong-token"))
            let none = try await server.request(.GET, "/v1/environments", token: nil)
            #expect(none.status == 401)
        }
    }

    @Test("A bad environment file stops the start, names file and place, and writes nothing")
    func badEnvironmentFile() async throws {
        let folder = try RunningServer.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let environments = folder.appendingPathComponent("environments")
        try FileManager.default.createDirectory(at: environments, withIntermediateDirectories: true)
        let texts = [
            ("broken.yaml", "environment: broken\nflags: [", "line 3"),
            (
                "typo.yaml",
                "environment: typo\nflags:\n  A:\n    type: boolean\n    variants: { \"on\": true }\n    defaultVarient: \"on\"\n",
                "defaultVariant"
            ),
            (
                "bounds.yaml",
                """
                environment: bounds
                flags:
                  TTL: { type: integer, constraints: { maximum: 10 }, variants: { default: 11 }, defaultVariant: default }
                """, "flags.TTL.variants.default"
            ),
        ]
        for (name, text, place) in texts {
            let file = environments.appendingPathComponent(name)
            try text.write(to: file, atomically: true, encoding: .utf8)
            let result = try await Program.run(
                Built.server,
                environment: [
                    "SIGNALBOX_LISTEN": "127.0.0.1:0",
                    "SIGNALBOX_DATABASE": folder.appendingPathComponent("signalbox.sqlite").path,
                    "SIGNALBOX_ENVIRONMENTS_DIR": environments.path,
                    "SIGNALBOX_MIGRATIONS_DIR": Built.project.appendingPathComponent("migrations").path,
                    "SIGNALBOX_ADMIN_TOKEN": RunningServer.adminToken,
                    "SIGNALBOX_JWT_HS256_SECRET": RunningServer.jwtSecret,
                    "SIGNALBOX_RUNTIME_ENVIRONMENT": "development",
                ], directory: folder)
            #expect(result.status != 0)
            #expect(result.errors.contains(name), "\(result.errors)")
            #expect(result.errors.contains(place), "\(result.errors)")
            try FileManager.default.removeItem(at: file)
        }
    }

    @Test("A missing or weak secret stops the start with its name and the cure")
    func secrets() async throws {
        let folder = try RunningServer.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        for (change, name) in [
            (["SIGNALBOX_JWT_HS256_SECRET": "short"], "SIGNALBOX_JWT_HS256_SECRET"),
            (["SIGNALBOX_ADMIN_TOKEN": "short"], "SIGNALBOX_ADMIN_TOKEN"),
            (["SIGNALBOX_JWT_ES256_PUBLIC_KEY_FILE": "/nowhere/key.pem"], "SIGNALBOX_JWT_ES256_PUBLIC_KEY_FILE"),
            (["REDIS_URL": "http://127.0.0.1"], "REDIS_URL"),
            (["SIGNALBOX_LISTEN": "nonsense"], "SIGNALBOX_LISTEN"),
        ] {
            let environment = [
                "SIGNALBOX_LISTEN": "127.0.0.1:0",
                "SIGNALBOX_DATABASE": folder.appendingPathComponent("signalbox.sqlite").path,
                "SIGNALBOX_ENVIRONMENTS_DIR": Built.project.appendingPathComponent("environments").path,
                "SIGNALBOX_MIGRATIONS_DIR": Built.project.appendingPathComponent("migrations").path,
            ].merging(change) { $1 }
            let result = try await Program.run(Built.server, environment: environment, directory: folder)
            #expect(result.status != 0, "\(change)")
            #expect(result.errors.contains(name), "\(result.errors)")
            #expect(!result.errors.contains("\"short\""), "\(result.errors)")
        }
    }
}
