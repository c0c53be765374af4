import FlagModel
import Testing

/// Tickets over HTTP, wherever they are issued and consumed.
struct Tickets {
    private let place: any Addressed & Sendable

    init(_ server: RunningServer) { self.place = server }
    init(_ service: RunningTicketService) { self.place = service }

    /// Asks for a ticket as a user: with a JWT where it is verified, with the gateway's headers where a gateway has done so.
    func issue(for user: String, json: JSONValue? = nil, body: String? = nil) async throws -> Answer {
        let path = "/websocket/ticket"
        guard self.place is RunningTicketService else {
            return try await self.place.request(
                .POST, path, token: TestJWT.make(subject: user), json: json, body: body)
        }
        return try await self.place.request(
            .POST, path, token: nil, json: json, body: body,
            headers: [
                ("X-User-ID", user), ("X-User-Email", user + "@example.com"),
                ("X-User-Permissions", "chat:read chat:write"),
            ])
    }

    /// A ticket that has to be had.
    func ticket(for user: String = "ada") async throws -> String {
        let answer = try await self.issue(for: user)
        try #require(answer.status == 200, "\(answer.body)")
        return try #require(answer.json["ticket_id"]?.stringValue)
    }

    /// Presents a ticket as a backend does.
    func consume(_ ticket: String) async throws -> Answer {
        // TicketService takes no notice of the token.
        try await self.place.request(.POST, "/websocket/ticket/consume", json: ["ticket": .string(ticket)])
    }

    /// What the status page says.
    func status() async throws -> JSONValue {
        try await self.place.request(.GET, "/websocket/tickets/status", token: nil).json
    }

    /// Those of some users who get tickets.
    func served(_ users: [String]) async throws -> Set<String> {
        var served: Set<String> = []
        for user in users {
            let answer = try await self.issue(for: user)
            #expect([200, 403].contains(answer.status), "\(answer.body)")
            if answer.status == 200 { served.insert(user) }
        }
        return served
    }
}
