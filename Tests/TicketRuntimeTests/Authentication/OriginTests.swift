import Testing

@testable import TicketRuntime

@Suite("Pages of other sites")
struct OriginTests {
    private func headers(
        _ pathway: Pathway, origin: String?, host: String? = nil
    ) -> [(name: String, value: String)] {
        var headers = PathwaySetup.presenting(pathway).headers.filter { $0.0 != "Origin" }
        if let origin { headers.append(("Origin", origin)) }
        if let host { headers.append(("Host", host)) }
        return headers.map { (name: $0.0, value: $0.1) }
    }

    @Test("A page that is not on the list gets in by no pathway", arguments: Pathway.allCases)
    func stranger(pathway: Pathway) async throws {
        let setup = PathwaySetup(sessions: try PathwaySetup.sessions("carol"))
        let uri = pathway == .ticket ? "/ws?ticket=\(try await setup.ticket())" : PathwaySetup.presenting(pathway).uri
        for origin in ["https://evil.example.com", "null", "", "https://chat.example.com.evil.com"] {
            #expect(await setup.refusal(uri, self.headers(pathway, origin: origin)) == .originNotAllowed)
        }
        #expect(try await setup.authenticate(uri, self.headers(pathway, origin: PathwaySetup.page)).userID == "carol")
    }

    @Test("Without an origin a client gets in by what it chose to send, and by no cookie", arguments: Pathway.legacy)
    func withoutOrigin(pathway: Pathway) async throws {
        let setup = PathwaySetup(sessions: try PathwaySetup.sessions("carol"))
        let (uri, _) = PathwaySetup.presenting(pathway)
        let refusal = await setup.refusal(uri, self.headers(pathway, origin: nil))
        #expect(refusal == (pathway.isAmbient ? .originNotAllowed : nil))
    }

    @Test(
        "Where any page may connect, a cookie counts only from the host's own", arguments: [Pathway.cookie, .session])
    func sameHost(pathway: Pathway) async throws {
        let setup = PathwaySetup(sessions: try PathwaySetup.sessions("carol"), origins: .any)
        func refusal(_ origin: String?, _ host: String?) async -> TicketRefusal? {
            await setup.refusal("/ws", self.headers(pathway, origin: origin, host: host))
        }
        #expect(await refusal("https://Chat.example.com", "chat.example.com:443") == nil)
        #expect(await refusal("http://127.0.0.1:8080", "127.0.0.1:8080") == nil)
        #expect(await refusal("https://evil.example.com", "chat.example.com") == .originNotAllowed)
        #expect(await refusal("https://chat.example.com", nil) == .originNotAllowed)
        #expect(await refusal(nil, "chat.example.com") == .originNotAllowed)
        let twoHosts = self.headers(pathway, origin: "https://a.example.com", host: "a.example.com")
        #expect(await setup.refusal("/ws", twoHosts + [("Host", "b.example.com")]) == .originNotAllowed)
    }

    @Test(
        "With a list, what only resembles an origin on it gets in by no pathway",
        arguments: [
            "null", "NULL", "", "file://", "https://", "https://chat.example.com:444", "http://chat.example.com",
            "https://chat.example.com.evil.test", "https://evil.test/https://chat.example.com",
            "https://chat.example.com@evil.test", "https://evil.test#https://chat.example.com",
            "https://chat.example.com, https://chat.example.com", "https://chat.example.com https://evil.test",
            "wss://chat.example.com", "https://\u{FF43}hat.example.com", "https://chat.example.com\u{301}",
        ])
    func resembling(origin: String) async throws {
        let setup = PathwaySetup(sessions: try PathwaySetup.sessions("carol"))
        for pathway in Pathway.legacy {
            let (uri, _) = PathwaySetup.presenting(pathway)
            #expect(await setup.refusal(uri, self.headers(pathway, origin: origin)) == .originNotAllowed)
        }
        let ticket = try await setup.ticket()
        #expect(await setup.refusal("/ws?ticket=\(ticket)", [("Origin", origin)]) == .originNotAllowed)
        #expect(try await setup.authenticate("/ws?ticket=\(ticket)").pathway == .ticket)
    }

    @Test(
        "With a list, an origin on it gets in by a cookie in any case and with its scheme's port",
        arguments: ["https://chat.example.com", "HTTPS://Chat.Example.COM", "https://chat.example.com:443"])
    func normalForms(origin: String) async throws {
        let setup = PathwaySetup(sessions: try PathwaySetup.sessions("carol"))
        let (uri, _) = PathwaySetup.presenting(.cookie)
        #expect(await setup.refusal(uri, self.headers(.cookie, origin: origin)) == nil)
    }
}
