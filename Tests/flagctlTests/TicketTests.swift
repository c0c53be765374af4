import FlagAPI
import FlagModel
import Testing

@testable import flagctl

@Suite("Tickets are handled without a secret in a message")
struct TicketTests {
    private static let ticket = "c2VjcmV0LXRpY2tldC1zZWNyZXQtdGlja2V0LXNlY3I"

    @Test("issue presents the user's JWT, not the access token")
    func issue() async {
        let result = TicketIssueResult(
            ticketID: Self.ticket, expiresAt: 1030, createdAt: 1000, ttlSeconds: 30, singleUse: true,
            permissions: ["chat:read"], websocketURL: "wss://example.com/ws")
        let server = StubServer(["POST /websocket/ticket": .init(result)])
        let run = await Run(
            "ticket", "issue", "--ttl", "30", "--permission", "chat:read", "--metadata", "room=7", server: server,
            environment: ["FLAGCTL_JWT": "a.b.c"])
        #expect(run.requests.first?.authorization == "Bearer a.b.c")
        #expect(
            run.requests.first?.body == [
                "ttl_seconds": 30, "permissions": ["chat:read"], "metadata": ["room": 7],
            ])
        #expect(
            run.output == """
                ticket       \(Self.ticket)
                good for     30 s, once
                permissions  chat:read
                connect to   wss://example.com/ws

                """)
    }

    @Test("A ticket that begins with a hyphen is no option", arguments: ["-", "--", "-o"])
    func hyphen(beginning: String) async {
        let ticket = beginning + Self.ticket.dropFirst(beginning.count)
        let server = StubServer([
            "POST /websocket/ticket/consume": .problem("ticket-unknown", 404, "The ticket is unknown.")
        ])
        for arguments in [[ticket, "--origin", "https://example.com"], ["--origin", "https://example.com", ticket]] {
            let run = await Run(["ticket", "consume"] + arguments, server: server)
            #expect(
                run.requests.last?.body == ["origin": "https://example.com", "ticket": .string(ticket)], "\(run.errors)"
            )
        }
    }

    @Test("Without a JWT it says how to give one")
    func noJWT() async {
        let run = await Run("ticket", "issue")
        #expect(run.status == .usage)
        #expect(run.errors.contains("FLAGCTL_JWT"))
        #expect(run.requests.isEmpty)
    }

    @Test("Where tickets are off, the pathway to use is told")
    func off() async {
        let server = StubServer([
            "POST /websocket/ticket": .problem("tickets-off", 403, "tickets are off for this user") {
                $0.pathway = "subprotocol"
            }
        ])
        let run = await Run("ticket", "issue", server: server, environment: ["FLAGCTL_JWT": "a.b.c"])
        #expect(run.errors.contains("users connect by the pathway subprotocol"))
    }

    @Test("consume reads the ticket from standard input and presents the access token")
    func consume() async {
        let result = TicketConsumeResult(
            userID: "user-1", email: "u@example.com", permissions: [], metadata: [:], pathway: "ticket",
            createdAt: 1, expiresAt: 31, singleUse: true, revision: 7)
        let server = StubServer(["POST /websocket/ticket/consume": .init(result)])
        let run = await Run(
            "ticket", "consume", "-", "--origin", "https://app.example.com", server: server,
            console: MemoryConsole(input: Self.ticket + "\n"))
        #expect(run.requests.first?.authorization == "Bearer token-of-the-test")
        #expect(run.requests.first?.body == ["ticket": .string(Self.ticket), "origin": "https://app.example.com"])
        #expect(run.output.hasPrefix("user         user-1\n"))
        #expect(!run.output.contains(Self.ticket))
    }

    @Test("A replay is told with when and where the ticket was used first")
    func replay() async {
        let server = StubServer([
            "POST /websocket/ticket/consume": .problem("ticket-replayed", 409, "the ticket was consumed before") {
                $0.replayOf = .init(at: Samples.at, by: "instance-1")
            }
        ])
        let run = await Run("ticket", "consume", Self.ticket, server: server)
        #expect(run.status == .error)
        #expect(run.errors.contains("first used at 2026-03-04 05:06:07Z by instance-1"))
    }

    @Test("validate ends with 1 when the ticket is not good, and does not show it")
    func validate() async {
        let path = "GET /websocket/ticket/\(Self.ticket)/validate"
        let good = await Run(
            "ticket", "validate", Self.ticket, server: StubServer([path: .init(TicketValidateResult(valid: true))]))
        #expect(good.status == .success)
        #expect(good.output == "valid  yes\n")
        let bad = await Run(
            "ticket", "validate", Self.ticket,
            server: StubServer([path: .init(TicketValidateResult(valid: false, error: "ticket-unknown-or-expired"))]))
        #expect(bad.status == .error)
        #expect(bad.errors == "error: the ticket is not good: ticket-unknown-or-expired\n")
    }

    @Test("A network error does not show the path, which holds the ticket")
    func networkError() async {
        for verb in ["validate", "revoke"] {
            let server = Unreachable()
            let console = MemoryConsole()
            let surroundings = Surroundings(
                environment: ["FLAGCTL_TOKEN": "t", "FLAGCTL_JWT": "a.b.c"], console: console, transport: server,
                now: { Run.now })
            await Surroundings.$current.withValue(surroundings) {
                #expect(await Flagctl.run(["ticket", verb, Self.ticket]) == .error)
            }
            #expect(!console.errors.contains(Self.ticket))
        }
    }

    @Test("What cannot be a ticket is refused without being repeated", arguments: ["two words", "", "käse"])
    func malformed(text: String) async {
        let run = await Run("ticket", "consume", text)
        #expect(run.status == .usage)
        #expect(run.errors.hasPrefix("error: this is not a ticket"))
        #expect(run.requests.isEmpty)
    }

    private struct Unreachable: Transport {
        func send(_ request: TransportRequest) async throws(TransportError) -> TransportResponse {
            throw .unreachable("connection refused")
        }

        func stream(
            _ request: TransportRequest, _ receive: ([UInt8]) async -> Bool
        ) async throws(TransportError) -> TransportResponse {
            throw .unreachable("connection refused")
        }
    }
}
