import Testing

@testable import TicketRuntime

@Suite("What a handshake presents")
struct HandshakeCredentialsTests {
    private func credentials(
        _ uri: String = "/ws", _ headers: [(name: String, value: String)] = []
    ) -> HandshakeCredentials {
        HandshakeCredentials(of: WebSocketHandshake(uri: uri, headers: headers), PathwayConfiguration())
    }

    private func isMalformed(_ credentials: HandshakeCredentials, _ pathway: Pathway) -> Bool {
        do throws(TicketRefusal) {
            _ = try credentials.credential(for: pathway)
            return false
        } catch {
            return error.reason == .handshakeMalformed
        }
    }

    @Test(
        "Each parameter of the query is one pathway's",
        arguments: [
            ("ticket", Pathway.ticket), ("auth_ticket", .ticket), ("ticket_id", .ticket), ("token", .queryParameter),
            ("jwt", .queryParameter), ("auth_token", .queryParameter), ("access_token", .queryParameter),
        ])
    func query(name: String, pathway: Pathway) throws {
        let credentials = self.credentials("wss://chat.example.com/ws?room=a%20b&\(name)=abc.d-_%2E&x")
        #expect(credentials.pathways == [pathway])
        #expect(try credentials.credential(for: pathway) == "abc.d-_.")
    }

    @Test(
        "Each prefix of a subprotocol is one pathway's",
        arguments: [
            ("ticket.", Pathway.ticket), ("jwt-auth.", .subprotocol), ("jwt.", .subprotocol), ("bearer.", .subprotocol),
        ])
    func subprotocol(prefix: String, pathway: Pathway) throws {
        let credentials = self.credentials("/ws", [("sec-websocket-PROTOCOL", "chat.v1 ,\t\(prefix)abc.def")])
        #expect(credentials.pathways == [pathway])
        #expect(try credentials.credential(for: pathway) == "abc.def")
    }

    @Test("The header, the cookies and the bypass are found whatever the case of the fields' names")
    func headers() throws {
        let credentials = self.credentials(
            "/ws",
            [
                ("AUTHORIZATION", "bearer  abc"), ("cookie", "a=b; auth_token=one"), ("Cookie", "session_id=two"),
                ("X-e2e-Bypass", "three"), ("x-E2E-user-id", "four"),
            ])
        #expect(credentials.pathways == [.authorizationHeader, .cookie, .session, .e2eBypass])
        #expect(try credentials.credential(for: .authorizationHeader) == "abc")
        #expect(try credentials.credential(for: .cookie) == "one")
        #expect(try credentials.credential(for: .session) == "two")
        #expect(try credentials.credential(for: .e2eBypass) == "three")
        #expect(credentials.bypassUserID == "four")
    }

    @Test("An empty credential is none, and neither is a parameter or a cookie of another name")
    func nothing() {
        let credentials = self.credentials(
            "/ws?ticket=&token&Ticket=a&tickets=b&jw%74s=c#ticket=d",
            [
                ("Authorization", "Basic YTpi"), ("Cookie", "auth_token=; Session_ID=a; xauth_token=b"),
                ("Sec-WebSocket-Protocol", "jwt, ticket., JWT.abc"), ("X-E2E-Bypass", " "),
            ])
        #expect(credentials.pathways.isEmpty)
    }

    @Test("Names are percent-decoded once as values are, a plus sign stays, and what cannot be decoded stays as it is")
    func decoding() throws {
        #expect(try self.credentials("/ws?%74icket=a%2541+b").credential(for: .ticket) == "a%41+b")
        #expect(try self.credentials("/ws?ticket=a%4").credential(for: .ticket) == "a%4")
        #expect(self.credentials("/ws?tick%zzet=a").pathways.isEmpty)
    }

    @Test(
        "Two credentials for one pathway are not one, even if they are the same",
        arguments: [
            ("/ws?ticket=a&ticket=a", [], Pathway.ticket),
            ("/ws?ticket=a&auth_ticket=b", [], .ticket),
            ("/ws?ticket=a", [("Sec-WebSocket-Protocol", "ticket.a")], .ticket),
            ("/ws?token=a&jwt=b", [], .queryParameter),
            ("/ws", [("Authorization", "Bearer a"), ("authorization", "Bearer a")], .authorizationHeader),
            ("/ws", [("Authorization", "Bearer a"), ("Authorization", "Basic b")], .authorizationHeader),
            ("/ws", [("Sec-WebSocket-Protocol", "jwt.a"), ("Sec-WebSocket-Protocol", "bearer.b")], .subprotocol),
            ("/ws", [("Cookie", "auth_token=a; auth_token=b")], .cookie),
            ("/ws", [("Cookie", "session_id=a"), ("Cookie", "session_id=b")], .session),
            ("/ws", [("x-e2e-bypass", "a"), ("x-e2e-bypass", "a")], .e2eBypass),
        ] as [(String, [(name: String, value: String)], Pathway)])
    func duplicates(uri: String, headers: [(name: String, value: String)], pathway: Pathway) {
        #expect(self.isMalformed(self.credentials(uri, headers), pathway))
    }

    @Test("Nothing of a handshake shows in its description or a dump")
    func redaction() {
        let handshake = WebSocketHandshake(uri: "/ws?ticket=secret", headers: [("Authorization", "Bearer secret")])
        var dumped = ""
        dump(handshake, to: &dumped)
        #expect(!"\(handshake) \(String(reflecting: handshake)) \(dumped)".contains("secret"))
    }
}
