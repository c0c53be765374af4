import ControlPlane
import FlagAPI
import FlagModel
import HTTPTypes
import RedisClient
import TestRedis
import Testing
import TicketRuntime

@testable import FlagServer

@Suite("A backend finds out who opens a WebSocket")
struct AuthenticateAPITests {
    private static let page = "https://chat.example.com"

    /// Shows a handshake.
    private func authenticate(
        _ api: TestAPI, _ uri: String = "/ws", _ headers: [String: HeaderValues] = [:], token: String? = nil
    ) async throws -> Answer {
        let request = HandshakeRequest(uri: uri, headers: headers, address: "203.0.113.7")
        return try await api.send(
            .post, "/websocket/authenticate", token: token ?? TestAPI.adminToken,
            body: String(decoding: try WireEncoder.encode(request), as: UTF8.self))
    }

    @Test(
        "By ticket, once: the identity, the pathway and the subprotocol to select, or why not and the code to close with"
    )
    func ticket() async throws {
        try await TestAPI.with { api in
            try await api.rollOut(100)
            let backend = try await api.token("backend")
            let uri = "/ws?room=1&ticket=\(try await api.ticket(api.jwt(), ["metadata": ["tab": 3]]))"
            let offer: [String: HeaderValues] = ["Sec-WebSocket-Protocol": .init(["jwt.abc", "chat.v1, chat.v2"])]
            let accepted = try await self.authenticate(api, uri, offer, token: backend)
            #expect(accepted.status == 200 && accepted.headers[.cacheControl] == "no-store")
            let identity = try accepted.decode(HandshakeResult.self)
            #expect(identity.userID == "carol" && identity.email == "carol@example.com")
            #expect(identity.pathway == "ticket" && identity.subprotocol == "chat.v1")
            #expect(identity.metadata == ["tab": 3] && identity.expiresAt != nil)

            let replayed = try await self.authenticate(api, uri, offer, token: backend)
            #expect(replayed.status == 409 && replayed.problem?.type == "ticket-replayed")
            #expect(replayed.problem?.closeCode == 4408 && replayed.problem?.subprotocol == "chat.v1")
            #expect(replayed.problem?.replayOf?.by == "test-instance")
        }
    }

    @Test(
        "By JWT, wherever it stands, as long as the flag of that pathway is on",
        arguments: [
            ("ENABLE_WEBSOCKET_AUTHORIZATION_HEADER", "authorization-header"),
            ("ENABLE_WEBSOCKET_SUBPROTOCOL", "subprotocol"), ("ENABLE_WEBSOCKET_QUERY_PARAMETER", "query-parameter"),
            ("ENABLE_WEBSOCKET_COOKIE", "cookie"),
        ])
    func token(flag: String, pathway: String) async throws {
        try await TestAPI.with {
            $0.allowedOrigins = .only([Self.page])
        } _: { api in
            let jwt = api.jwt()
            let (uri, headers): (String, [String: HeaderValues]) =
                switch pathway {
                case "authorization-header": ("/ws", ["authorization": .init(["Bearer \(jwt)"])])
                case "subprotocol": ("/ws", ["sec-websocket-protocol": .init(["chat.v1, jwt-auth.\(jwt)"])])
                case "query-parameter": ("/ws?access_token=\(jwt)", [:])
                default: ("/ws", ["cookie": .init(["auth_token=\(jwt)"]), "origin": .init([Self.page])])
                }
            let accepted = try await self.authenticate(api, uri, headers)
            let identity = try accepted.decode(HandshakeResult.self)
            #expect(identity.userID == "carol" && identity.pathway == pathway)
            #expect(identity.permissions == ["chat:read", "chat:write"])

            try await api.commit([
                ["op": "serve", "flag": .string(flag), "variant": "off"],
                ["op": "serve", "flag": "WEBSOCKET_TICKET_FALLBACK", "variant": "off"],
            ])
            let refused = try await self.authenticate(api, uri, headers)
            #expect(refused.status == 403 && refused.problem?.type == "pathway-off", "\(refused.text)")
            #expect(refused.problem?.closeCode == 4401)
        }
    }

    @Test("By a session that another system keeps in Redis, while it is there and Redis is")
    func session() async throws {
        try await TestRedisServer.withServer { redis in
            let url = redis.url
            try await TestAPI.with {
                $0.sessionRedis = try RedisConfiguration(url: url)
                $0.sessionPrefix = "sess:"
                $0.sessionCookie = "sid"
                $0.allowedOrigins = .only([Self.page])
            } _: { api in
                let id = "0123456789abcdef0123456789abcdef"
                _ = try await redis.command("SET", "sess:\(id)", #"{"user_id":"dave","email":"dave@example.com"}"#)
                let headers: [String: HeaderValues] = ["cookie": .init(["sid=\(id)"]), "origin": .init([Self.page])]
                let identity = try await self.authenticate(api, "/ws", headers).decode(HandshakeResult.self)
                #expect(identity.userID == "dave" && identity.pathway == "session" && identity.expiresAt == nil)

                _ = try await redis.command("DEL", "sess:\(id)")
                let gone = try await self.authenticate(api, "/ws", headers)
                #expect(gone.status == 403 && gone.problem?.type == "credential-invalid")
                #expect(gone.problem?.closeCode == 4401)

                await redis.stop()
                let away = try await self.authenticate(api, "/ws", headers)
                #expect(away.status == 503 && away.problem?.type == "verification-unavailable")
                #expect(away.problem?.closeCode == 4503 && away.headers[.retryAfter] != nil)
            }
        }
    }

    @Test(
        "The bypass works where it is configured and on, and never in a protected environment, whatever the flag says")
    func bypass() async throws {
        for environment in ["development", "production"] as [EnvironmentName] {
            try await TestAPI.with {
                $0.runtimeEnvironment = environment
                $0.bypassSecret = try #require(BypassSecret("a secret of the tests"))
            } _: { api in
                let headers: [String: HeaderValues] = [
                    "x-e2e-bypass": "a secret of the tests", "x-e2e-user-id": "robot",
                ]
                let isProtected = environment == "production"
                #expect(try await self.authenticate(api, "/ws", headers).status == 403)
                // The invariant that forbids it is taken away first: the runtime does not rely on it.
                let base = try api.server.plane.head(of: environment)
                var settings = base.settings
                settings.invariants = []
                var flags = base.content.flags
                flags["ENABLE_WEBSOCKET_E2E_BYPASS"]?.defaultVariant = "on"
                let apply = ApplyRequest(
                    baseRevision: base.revision, reason: "test",
                    document: EnvironmentDocument(name: environment, settings: settings, flags: flags))
                let applied = try await api.send(
                    .post, "/v1/environments/\(environment)/apply",
                    body: String(decoding: try WireEncoder.encode(apply), as: UTF8.self))
                #expect(applied.status == 200, "\(applied.text)")
                let answer = try await self.authenticate(api, "/ws", headers)
                #expect(answer.status == (isProtected ? 403 : 200), "\(answer.text)")
                if !isProtected { #expect(answer.body["user_id"] == "robot" && answer.body["pathway"] == "e2e-bypass") }
            }
        }
    }

    @Test(
        "Without a session store, a bypass secret or an allowed page these pathways are closed, though their flags are on"
    )
    func unequipped() async throws {
        try await TestAPI.with { api in
            let origin: HeaderValues = "https://chat.example.com"
            let cases: [[String: HeaderValues]] = [
                ["cookie": "session_id=0123456789abcdef", "origin": origin, "host": "chat.example.com"],
                ["x-e2e-bypass": "true", "x-e2e-user-id": "robot"],
                ["cookie": .init(["auth_token=\(api.jwt())"]), "origin": origin],
                ["cookie": .init(["auth_token=\(api.jwt())"]), "host": "chat.example.com"],
            ]
            for headers in cases {
                let answer = try await self.authenticate(api, "/ws", headers)
                #expect(answer.status == 403)
            }
            let own: [String: HeaderValues] = [
                "cookie": .init(["auth_token=\(api.jwt())"]), "origin": origin, "host": "chat.example.com",
            ]
            #expect(try await self.authenticate(api, "/ws", own).status == 200)
        }
    }

    @Test("A handshake in no form that is described is refused, and says where the fault is")
    func malformed() async throws {
        try await TestAPI.with { api in
            for (body, status) in [
                ("{", 400), ("{}", 422), (#"{"uri": "/ws", "headers": {"origin": 1}}"#, 422),
                (#"{"uri": "/ws", "headers": {"origin": ["a", null]}}"#, 422), (#"{"uri": 1, "headers": {}}"#, 422),
            ] {
                #expect(try await api.send(.post, "/websocket/authenticate", body: body).status == status, "\(body)")
            }
            let twice = try await self.authenticate(api, "/ws?token=a&token=b")
            #expect(twice.status == 422 && twice.problem?.type == "handshake-malformed")
            #expect(twice.problem?.closeCode == 4403)
            #expect(try await self.authenticate(api).problem?.type == "credential-missing")
        }
    }

    @Test(
        "S7: no credential of a handshake is written anywhere, and no refusal quotes it", arguments: LogFormat.allCases)
    func writesNoCredential(format: LogFormat) async throws {
        try await TestRedisServer.withServer { redis in
            let url = redis.url
            try await TestAPI.with {
                $0.logFormat = format
                $0.sessionRedis = try RedisConfiguration(url: url)
                $0.bypassSecret = try #require(BypassSecret("bypass-secret-of-the-tests"))
            } _: { api in
                try await api.rollOut(100)
                let ticket = try await api.ticket()
                let jwt = api.jwt()
                let forged = TokenForge(secret: String(repeating: "s", count: 40)).token(["sub": "mallory"])
                let session = "session-0123456789abcdef"
                _ = try await redis.command("SET", "session:\(session)", "not a session")
                let host: [String: HeaderValues] = ["origin": "https://a.example.com", "host": "a.example.com"]
                var answers: [Answer] = []
                for token in [jwt, forged, "x" + jwt] {
                    for uri in ["/ws?token=\(token)", "/ws?jwt=\(token)&jwt=\(token)"] {
                        answers.append(try await self.authenticate(api, uri))
                    }
                    for headers: [String: HeaderValues] in [
                        ["authorization": .init(["Bearer \(token)"])], ["cookie": .init(["auth_token=\(token)"])],
                        ["sec-websocket-protocol": .init(["bearer.\(token)"])],
                    ] {
                        answers.append(try await self.authenticate(api, "/ws", headers.merging(host) { $1 }))
                    }
                }
                for _ in 0..<2 { answers.append(try await self.authenticate(api, "/ws?ticket=\(ticket)")) }
                let cookie: [String: HeaderValues] = ["cookie": .init(["session_id=\(session)"])]
                answers.append(try await self.authenticate(api, "/ws", cookie.merging(host) { $1 }))
                answers.append(try await self.authenticate(api, "/ws", ["x-e2e-bypass": "bypass-secret-of-the-tests"]))

                let written = api.log.text + api.printed.text
                let told = answers.map(\.text).joined(separator: "\n")
                #expect(written.contains("credential refused") && written.contains("session lookups fail"))
                for secret in [ticket, jwt, forged, session, "bypass-secret-of-the-tests"] {
                    #expect(!written.contains(secret) && !told.contains(secret))
                    for part in secret.split(separator: ".") where part.utf8.count > 30 {
                        #expect(!written.contains(part) && !told.contains(part))
                    }
                }
                #expect(!written.contains("?"))
            }
        }
    }
}
