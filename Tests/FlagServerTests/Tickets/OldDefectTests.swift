import FlagAPI
import FlagModel
import HTTPTypes
import HummingbirdTesting
import Testing

@testable import FlagServer

@Suite("The defects of the system that is replaced do not come back")
struct OldDefectTests {
    @Test("S3: validating needs a credential, never consumes, and tells strangers no more than whether it is good")
    func validateNeitherConsumesNorTells() async throws {
        try await TestAPI.with { api in
            try await api.rollOut(100)
            let ticket = try await api.ticket()
            let path = "/websocket/ticket/\(ticket)/validate"
            #expect(try await api.send(.get, path, token: nil).status == 401)

            for _ in 0..<3 {
                let owner = try await api.send(.get, path, token: api.jwt()).decode(TicketValidateResult.self)
                #expect(owner.valid && owner.userID == "carol" && owner.email == "carol@example.com")
                #expect(owner.permissions == ["chat:read", "chat:write"] && owner.expiresAt != nil)
            }
            let stranger = try await api.send(.get, path, token: api.jwt("mallory")).decode(TicketValidateResult.self)
            #expect(stranger == TicketValidateResult(valid: true))
            let backend = try await api.send(.get, path, token: try await api.token("backend"))
                .decode(TicketValidateResult.self)
            #expect(backend.userID == "carol")

            #expect(try await api.consume(ticket).status == 200)
            let spent = try await api.send(.get, path, token: api.jwt()).decode(TicketValidateResult.self)
            #expect(!spent.valid && spent.error == "ticket-replayed" && spent.userID == nil)
            let unknown = try await api.send(
                .get, "/websocket/ticket/\(String(repeating: "A", count: 43))/validate", token: api.jwt()
            ).decode(TicketValidateResult.self)
            #expect(unknown == TicketValidateResult(valid: false, error: "ticket-unknown-or-expired"))
        }
    }

    @Test("S4: an owner revokes, twice if need be; a stranger is refused and the ticket stays good")
    func revokeChecksOwnerFirst() async throws {
        try await TestAPI.with { api in
            try await api.rollOut(100)
            let ticket = try await api.ticket()
            let path = "/websocket/ticket/\(ticket)"
            let stranger = try await api.send(.delete, path, token: api.jwt("mallory"))
            #expect(stranger.status == 403 && stranger.problem?.type == "ticket-not-yours")
            let validation = try await api.send(.get, path + "/validate", token: api.jwt())
            #expect(validation.body["valid"] == true)

            for _ in 0..<2 {
                let owner = try await api.send(.delete, path, token: api.jwt())
                #expect(owner.status == 200)
                #expect(try owner.decode(TicketRevokeResult.self).success)
            }
            #expect(try await api.consume(ticket).status == 410)

            let unknown = try await api.send(
                .delete, "/websocket/ticket/\(String(repeating: "A", count: 43))", token: api.jwt())
            #expect(unknown.status == 404 && unknown.problem?.type == "ticket-unknown-or-expired")
            #expect(try await api.send(.delete, path, token: nil).status == 401)
        }
    }

    @Test("S5: granted is what was asked for and the user has, never more")
    func grantsIntersection() async throws {
        try await TestAPI.with { api in
            try await api.rollOut(100)
            let answer = try await api.send(
                .post, "/websocket/ticket", token: api.jwt(permissions: ["chat:read", "chat:write"]),
                json: ["permissions": ["chat:read", "admin:all"]])
            let issued = try answer.decode(TicketIssueResult.self)
            #expect(issued.permissions == ["chat:read"])
            let identity = try await api.consume(issued.ticketID).decode(TicketConsumeResult.self)
            #expect(identity.permissions == ["chat:read"])
        }
    }

    @Test("S6: an hour-long, reusable ticket is cut down to the policy's bounds, and the answer says so")
    func policyBoundsTickets() async throws {
        try await TestAPI.with { api in
            try await api.rollOut(100)
            let answer = try await api.send(
                .post, "/websocket/ticket", token: api.jwt(), json: ["ttl_seconds": 3600, "single_use": false])
            let issued = try answer.decode(TicketIssueResult.self)
            #expect(issued.ttlSeconds == 30 && issued.singleUse)
            #expect(try await api.consume(issued.ticketID).status == 200)
            #expect(try await api.consume(issued.ticketID).status == 409)
        }
    }

    @Test("S7: no ticket, JWT, token or query is written anywhere, whatever is asked", arguments: LogFormat.allCases)
    func writesNoCredential(format: LogFormat) async throws {
        try await TestAPI.with { configuration in
            configuration.logFormat = format
        } _: { api in
            try await api.rollOut(100)
            let jwt = api.jwt()
            let stranger = api.jwt("mallory")
            let backend = try await api.token("backend")
            let ticket = try await api.ticket(jwt)
            let other = try await api.ticket(jwt)
            var answers: [Answer] = []
            func ask(_ method: HTTPRequest.Method, _ path: String, _ token: String?, _ body: String? = nil) async throws
            {
                answers.append(try await api.send(method, path, token: token, body: body))
            }
            for path in ["/websocket/ticket/\(ticket)", "/api/websocket/ticket/\(ticket)"] {
                for token in [nil, jwt, stranger, backend, "x" + jwt] {
                    try await ask(.get, path + "/validate", token)
                    try await ask(.get, path + "/validat", token)
                    try await ask(.put, path, token)
                }
            }
            try await ask(.get, "/ws?ticket=\(ticket)&token=\(jwt)", jwt)
            try await ask(.post, "/websocket/ticket/consume?ticket=\(ticket)", backend, #"{"ticket": "\#(ticket)"#)
            try await ask(.post, "/websocket/ticket/consume", backend, #"{"ticket": ["\#(ticket)"]}"#)
            try await ask(.post, "/websocket/ticket/consume", jwt, #"{"ticket": "\#(ticket)"}"#)
            for _ in 0..<2 { answers.append(try await api.consume(ticket, token: backend)) }
            try await ask(.delete, "/websocket/ticket/\(ticket)", stranger)
            try await ask(.delete, "/websocket/ticket/\(other)", stranger)
            try await ask(.delete, "/websocket/ticket/\(other)", jwt)
            // Here the client names its own secret as an environment or a flag: told back to it, but not written.
            _ = try await api.send(.get, "/v1/environments/\(jwt)/flags/\(ticket)")
            _ = try await api.send(.get, "/v1/environments/development/flags/\(ticket)")

            let written = api.log.text + api.printed.text
            #expect(written.contains("http.route"))
            let problems = answers.filter { $0.problem != nil }.map(\.text).joined(separator: "\n")
            for secret in [ticket, other, jwt, stranger, backend, TestAPI.adminToken, TokenForge.secretText] {
                #expect(!written.contains(secret))
                // A JWT's signature alone would be a slip as well.
                for part in secret.split(separator: ".") where part.utf8.count > 30 {
                    #expect(!written.contains(part))
                    #expect(!problems.contains(part), "\(problems)")
                }
            }
            #expect(!written.contains("?"))
        }
    }

    @Test("S8: a credential that is not accepted is 401 with the reason, never a fault of the server")
    func refusesCredentialsAsSuch() async throws {
        try await TestAPI.with { api in
            try await api.rollOut(100)
            let forged = TokenForge(secret: String(repeating: "s", count: 40))
                .token(["email": "carol@example.com"])
            let cases: [(String?, String)] = [
                (nil, "send the user's JWT"), ("", "send the user's JWT"), ("garbage", "JWT"), ("a.b.c", "JWT"),
                (forged, "signature"), (api.jwt(claims: ["exp": 1]), "expired"),
                (api.jwt(claims: ["sub": nil]), "user"),
                (api.jwt(claims: ["sub": ""]), "user"), (api.jwt(claims: ["email": nil]), "e-mail"),
            ]
            for (token, word) in cases {
                for (method, path) in [
                    (HTTPRequest.Method.post, "/websocket/ticket"), (.post, "/auth/ticket"),
                ] {
                    let answer = try await api.send(method, path, token: token)
                    #expect(answer.status == 401, "\(token ?? "nothing"): \(answer.text)")
                    #expect(answer.problem?.type == "jwt-invalid")
                    #expect(answer.problem?.detail.contains(word) == true, "\(answer.text)")
                    #expect(answer.headers[.wwwAuthenticate]?.hasPrefix("Bearer") == true)
                }
            }
            #expect(!api.log.text.contains(" error "))
        }
    }

    @Test("S9: every answer of the ticket API is what its type says, in real HTTP")
    func answersKeepTheirSchema() async throws {
        try await TestAPI.with(.live) { api in
            try await api.rollOut(100)
            let issued = try await api.send(.post, "/websocket/ticket", token: api.jwt())
            #expect(issued.headers[.contentType] == "application/json")
            let members = try #require(issued.body.objectValue)
            #expect(
                Set(members.keys) == [
                    "ticket_id", "expires_at", "created_at", "ttl_seconds", "single_use", "permissions",
                    "websocket_url",
                ])
            let ticket = try issued.decode(TicketIssueResult.self).ticketID
            let path = "/websocket/ticket/\(ticket)"
            _ = try await api.send(.get, path + "/validate", token: api.jwt()).decode(TicketValidateResult.self)
            _ = try await api.consume(ticket).decode(TicketConsumeResult.self)
            let other = try await api.ticket()
            _ = try await api.send(.delete, "/websocket/ticket/\(other)", token: api.jwt())
                .decode(TicketRevokeResult.self)
            _ = try await api.send(.get, "/websocket/tickets/status", token: nil).decode(TicketSystemStatus.self)
            for answer in [
                try await api.consume(ticket), try await api.send(.get, path + "/validate", token: nil),
                try await api.send(.get, "/nowhere"), try await api.send(.put, path),
            ] {
                let problem = try #require(answer.problem)
                #expect(problem.status == answer.status)
                #expect(ProblemKind(rawValue: problem.type) != nil)
                #expect(!problem.title.isEmpty && !problem.detail.isEmpty)
            }
        }
    }

    @Test("S11: the last way to connect cannot be switched off")
    func keepsLastPathway() async throws {
        try await TestAPI.with { api in
            try await api.rollOut(100)
            let legacy = ["SUBPROTOCOL", "QUERY_PARAMETER", "COOKIE", "SESSION"].map { "ENABLE_WEBSOCKET_\($0)" }
            let off = try await api.commit(
                (legacy + ["WEBSOCKET_TICKET_FALLBACK"]).map {
                    ["op": "serve", "flag": .string($0), "variant": "off"]
                })
            #expect(off.status == 200)
            for path in ["/flags/ENABLE_WEBSOCKET_TICKETS/kill"] {
                let answer = try await api.send(.post, "/v1/environments/development" + path, json: ["reason": "x"])
                #expect(answer.status == 422 && answer.problem?.type == "invariant-violated")
            }
            #expect(try await api.send(.post, "/websocket/ticket", token: api.jwt()).status == 200)
        }
    }

    @Test("S13: with every toggle off or on, asking for a ticket is answered and never a fault of the server")
    func everyToggleWorksBothWays() async throws {
        try await TestAPI.with { api in
            let flags = try await api.send(.get, "/v1/environments/development/flags").decode(FlagList.self)
            for (key, definition) in flags.flags.sorted(by: { $0.key < $1.key }) {
                guard definition["type"] == "boolean" else { continue }
                for variant in ["on", "off"] {
                    let change = try await api.commit([
                        ["op": "serve", "flag": .string(key), "variant": .string(variant)]
                    ])
                    #expect([200, 422].contains(change.status), "\(key) \(variant)")
                    for user in ["carol", "dave"] {
                        let answer = try await api.send(.post, "/websocket/ticket", token: api.jwt(user))
                        #expect([200, 403].contains(answer.status), "\(key) \(variant): \(answer.text)")
                    }
                }
                let disabled = try await api.commit([["op": "disable", "flag": .string(key)]])
                #expect([200, 422].contains(disabled.status))
                #expect([200, 403].contains(try await api.send(.post, "/websocket/ticket", token: api.jwt()).status))
                try await api.commit([["op": "enable", "flag": .string(key)]])
            }
        }
    }

    @Test("S16: no ticket is given, and no pathway named, when the flags say neither")
    func failsClosed() async throws {
        try await TestAPI.with { api in
            try await api.commit([["op": "serve", "flag": "WEBSOCKET_TICKET_FALLBACK", "variant": "off"]])
            let answer = try await api.send(.post, "/websocket/ticket", token: api.jwt())
            #expect(answer.status == 403)
            #expect(answer.body["ticket_id"] == nil)
        }
    }
}
