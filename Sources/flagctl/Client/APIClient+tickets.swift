import FlagAPI
import FlagModel

extension APIClient {
    /// Issues a ticket to the JWT's user.
    func issueTicket(_ request: TicketIssueRequest, to jwt: Secret) async throws(Failure) -> TicketIssueResult {
        try await self.send("POST", "/websocket/ticket", body: request, as: .userJWT(jwt))
    }

    /// Consumes a ticket, as a backend.
    func consumeTicket(_ request: TicketConsumeRequest) async throws(Failure) -> TicketConsumeResult {
        try await self.send("POST", "/websocket/ticket/consume", body: request)
    }

    /// Whether a ticket is good, without consuming it.
    func validateTicket(
        _ ticket: Secret, as credential: Credential
    ) async throws(Failure) -> TicketValidateResult {
        try await self.send("GET", "/websocket/ticket/\(Self.escape(ticket.revealed))/validate", as: credential)
    }

    /// Revokes a ticket of the JWT's user.
    func revokeTicket(_ ticket: Secret, of jwt: Secret) async throws(Failure) -> TicketRevokeResult {
        try await self.send("DELETE", "/websocket/ticket/\(Self.escape(ticket.revealed))", as: .userJWT(jwt))
    }
}
