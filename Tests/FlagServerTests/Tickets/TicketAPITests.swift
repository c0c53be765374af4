import ControlPlane
import FlagAPI
import FlagModel
import HTTPTypes
import Testing
import TicketRuntime

@testable import FlagServer

@Suite("A flag decides who gets a ticket")
struct TicketAPITests {
    @Test("Off: refused with the pathway to use; 25 %: issued, consumed once; rolled back: refused again")
    func goldenPath() async throws {
        try await TestAPI.with { api in
            let off = try await api.send(.post, "/websocket/ticket", token: api.jwt())
            #expect(off.status == 403)
            #expect(off.problem?.type == "tickets-off" && off.problem?.pathway == "subprotocol")

            #expect(try await api.rollOut(25).status == 200)
            let issued = try await api.send(.post, "/websocket/ticket", token: api.jwt())
                .decode(TicketIssueResult.self)
            #expect(issued.ticketID.count == 43 && issued.singleUse && issued.ttlSeconds == 30)
            #expect(issued.expiresAt == issued.createdAt + 30)
            #expect(issued.websocketURL.hasPrefix("ws://127.0.0.1") && issued.websocketURL.hasSuffix("/ws"))

            let consumed = try await api.consume(issued.ticketID)
            #expect(consumed.status == 200 && consumed.headers[.cacheControl] == "no-store")
            let identity = try consumed.decode(TicketConsumeResult.self)
            #expect(identity.userID == DevelopmentSecret.subject && identity.email == "carol@example.com")
            #expect(identity.permissions == ["chat:read", "chat:write"] && identity.revision == 2)
            #expect(identity.pathway == "ticket")

            api.clock.advance(seconds: 2)
            let replayed = try await api.consume(issued.ticketID)
            #expect(replayed.status == 409 && replayed.problem?.type == "ticket-replayed")
            let firstUse = Problem.Replay(at: api.clock.now.advanced(byMilliseconds: -2000), by: "test-instance")
            #expect(replayed.problem?.replayOf == firstUse)

            let rollback = try await api.send(
                .post, "/v1/environments/development/rollback", json: ["reason": "that was it"])
            #expect(rollback.status == 200)
            let again = try await api.send(.post, "/websocket/ticket", token: api.jwt())
            #expect(again.status == 403 && again.problem?.type == "tickets-off")
        }
    }

    @Test("A change is in force for tickets when its answer is there", arguments: 0..<5)
    func obeysAtOnce(_: Int) async throws {
        try await TestAPI.with { api in
            for percentage: Int64 in [100, 0, 100, 0] {
                try await api.rollOut(percentage)
                let answer = try await api.send(.post, "/websocket/ticket", token: api.jwt())
                #expect(answer.status == (percentage == 100 ? 200 : 403))
            }
        }
    }

    @Test("The user of the first screen's JWT is in the first quarter, as its commands promise")
    func firstUserIsInCohort() {
        let bucket = Bucket(seed: "ENABLE_WEBSOCKET_TICKETS", key: DevelopmentSecret.subject)
        #expect(bucket.position < 25_000)
    }

    @Test("Users outside the cohort are refused while those inside are served")
    func splitsUsers() async throws {
        try await TestAPI.with { api in
            try await api.rollOut(25)
            for number in 0..<40 {
                let subject = "user-\(number)"
                let isIn = Bucket(seed: "ENABLE_WEBSOCKET_TICKETS", key: subject).position < 25_000
                let answer = try await api.send(.post, "/websocket/ticket", token: api.jwt(subject))
                #expect(answer.status == (isIn ? 200 : 403), "\(subject)")
            }
        }
    }

    @Test(
        "Clients of the old system work unchanged: every path, an empty body, members that nobody knows",
        arguments: Routes.issueTicket.paths)
    func servesOldClients(path: String) async throws {
        try await TestAPI.with { api in
            try await api.rollOut(100)
            #expect(try await api.send(.post, path, token: api.jwt()).status == 200)
            #expect(try await api.send(.post, path, token: api.jwt(), body: "{}").status == 200)
            let answer = try await api.send(
                .post, path, token: api.jwt(),
                json: [
                    "ttl_seconds": 30, "single_use": true, "permissions": nil, "metadata": ["tab": 7],
                    "device": "unheard of",
                ])
            let issued = try answer.decode(TicketIssueResult.self)
            let identity = try await api.consume(issued.ticketID).decode(TicketConsumeResult.self)
            #expect(identity.metadata == ["tab": 7])
        }
    }

    @Test("A TTL outside 30 to 3600 seconds is refused with its place", arguments: [10, 29, 3601, 5000])
    func refusesTTL(seconds: Int64) async throws {
        try await TestAPI.with { api in
            try await api.rollOut(100)
            let answer = try await api.send(
                .post, "/websocket/ticket", token: api.jwt(), json: ["ttl_seconds": .integer(seconds)])
            #expect(answer.status == 422 && answer.problem?.type == "request-invalid")
            #expect(answer.problem?.issues?.first?.path == "ttl_seconds")
        }
    }

    @Test("A ticket that has ended is gone")
    func endsTickets() async throws {
        try await TestAPI.with { api in
            try await api.rollOut(100)
            let ticket = try await api.ticket()
            api.clock.advance(seconds: 31)
            let answer = try await api.consume(ticket)
            #expect(answer.status == 410 && answer.problem?.type == "ticket-unknown-or-expired")
            for unknown in ["", "x", String(repeating: "A", count: 43), String(repeating: "A", count: 5000)] {
                #expect(try await api.consume(unknown).status == 410)
            }
        }
    }

    @Test("A rollback with tickets revoked cuts outstanding tickets off at once")
    func revokesOutstanding() async throws {
        try await TestAPI.with { api in
            try await api.rollOut(100)
            let ticket = try await api.ticket()
            api.clock.advance(seconds: 1)
            _ = try await api.send(
                .post, "/v1/environments/development/rollback", json: ["reason": "leak", "revokeTickets": true])
            let answer = try await api.consume(ticket)
            #expect(answer.status == 410 && answer.problem?.type == "ticket-unknown-or-expired")
        }
    }

    @Test("A disallowed origin is refused before a ticket is made")
    func checksOrigin() async throws {
        try await TestAPI.with { configuration in
            configuration.allowedOrigins = try .init("https://chat.example.com")
        } _: { api in
            try await api.rollOut(100)
            let ticket = try await api.ticket()
            let evil = try await api.send(
                .post, "/websocket/ticket/consume",
                json: ["ticket": .string(ticket), "origin": "https://evil.example.com"])
            #expect(evil.status == 403 && evil.problem?.type == "origin-not-allowed")
            let good = try await api.send(
                .post, "/websocket/ticket/consume",
                json: ["ticket": .string(ticket), "origin": "https://chat.example.com"])
            #expect(good.status == 200)
        }
    }

    @Test("The status tells what the old system's did, to anyone")
    func tellsStatus() async throws {
        try await TestAPI.with { api in
            let path = "/websocket/tickets/status"
            let off = try await api.send(.get, path, token: nil).decode(TicketSystemStatus.self)
            #expect(!off.ticketSystemEnabled && off.redisAvailable)
            #expect(off.defaultTTLSeconds == 30 && off.maxTTLSeconds >= 30 && !off.redisStatus.isEmpty)
            try await api.rollOut(1)
            let on = try await api.send(.get, "/api" + path, token: nil).decode(TicketSystemStatus.self)
            #expect(on.ticketSystemEnabled)
        }
    }

    @Test("The configured WebSocket URL is told as it is")
    func tellsConfiguredURL() async throws {
        try await TestAPI.with { configuration in
            configuration.webSocketURL = "wss://chat.example.com/ws"
        } _: { api in
            try await api.rollOut(100)
            let answer = try await api.send(.post, "/websocket/ticket", token: api.jwt())
            #expect(answer.body["websocket_url"] == "wss://chat.example.com/ws")
        }
    }
}
