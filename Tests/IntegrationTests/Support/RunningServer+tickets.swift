import FlagModel
import Testing

extension RunningServer {
    /// Tickets for everyone in the development environment.
    func open() async throws {
        let result = try await self.flagctl(
            "rollout", "set", "development", "ENABLE_WEBSOCKET_TICKETS", "100", "--reason", "for the test")
        #expect(result.status == 0, "\(result.errors)")
    }

    /// A ticket for a user.
    func issueTicket(for subject: String = "ada") async throws -> String {
        let answer = try await self.request(.POST, "/websocket/ticket", token: TestJWT.make(subject: subject))
        #expect(answer.status == 200, "\(answer.body)")
        return try #require(answer.json["ticket_id"]?.stringValue)
    }

    /// Presents a ticket as a backend does.
    func consume(_ ticket: String, token: String = RunningServer.adminToken) async throws -> Answer {
        try await self.request(
            .POST, "/websocket/ticket/consume", token: token, json: ["ticket": .string(ticket)])
    }
}
