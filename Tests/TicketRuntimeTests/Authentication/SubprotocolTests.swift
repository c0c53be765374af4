import Testing

@testable import TicketRuntime

@Suite("The subprotocol that the server selects")
struct SubprotocolTests {
    private func selected(_ offers: String...) -> String? {
        WebSocketHandshake(uri: "/ws", headers: offers.map { ("Sec-WebSocket-Protocol", $0) }).subprotocol
    }

    @Test("The first one that is offered and holds no credential, wherever it stands")
    func first() {
        #expect(self.selected("chat.v1, chat.v2") == "chat.v1")
        #expect(self.selected("jwt.eyJhbGciOiJIUzI1NiJ9.e30.c2ln, chat.v1") == "chat.v1")
        #expect(self.selected("ticket.abc", "graphql-transport-ws") == "graphql-transport-ws")
    }

    @Test("None when nothing is offered, or only credentials, in any case and form")
    func none() {
        #expect(self.selected() == nil)
        #expect(self.selected("jwt.short, JWT-Auth.short, Bearer.short, TICKET.short") == nil)
        // A token that somebody offers as a subprotocol of its own.
        #expect(self.selected("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJjYXJvbCJ9.c2lnbmF0dXJl") == nil)
        #expect(self.selected(String(repeating: "A", count: PresentedTicket.length)) == nil)
    }

    @Test("What is no token is not repeated, so that nobody can write headers")
    func token() {
        #expect(self.selected("a b, \u{e4}, ,chat\r\nX: y, (chat)") == nil)
    }
}
