import FlagAPI
import FlagModel
import HTTPTypes
import HummingbirdTesting
import Testing

@testable import FlagServer

@Suite("Only trusted proxies are believed about the client's address")
struct TrustedProxiesTests {
    static func client(_ proxies: String, peer: String?, _ fields: String...) throws -> String? {
        let name = try #require(HTTPField.Name("X-Forwarded-For"))
        var headers = HTTPFields()
        for field in fields { headers.append(HTTPField(name: name, value: field)) }
        return try #require(TrustedProxies(proxies)).client(of: headers, from: peer)
    }

    @Test("A peer that is no trusted proxy is the client, whatever it says")
    func ignoresStrangers() throws {
        #expect(try Self.client("10.0.0.1", peer: "203.0.113.7", "192.0.2.1") == "203.0.113.7")
        #expect(TrustedProxies.none.client(of: [:], from: "203.0.113.7") == "203.0.113.7")
        #expect(try Self.client("10.0.0.1", peer: nil, "192.0.2.1") == nil)
    }

    @Test("Behind trusted proxies the client is the last entry that is none of them")
    func takesLastStranger() throws {
        let proxies = "10.0.0.1, 2001:db8::1"
        #expect(try Self.client(proxies, peer: "10.0.0.1", "192.0.2.66, 203.0.113.7") == "203.0.113.7")
        #expect(try Self.client(proxies, peer: "::ffff:10.0.0.1", "203.0.113.7,2001:DB8:0::1") == "203.0.113.7")
        #expect(try Self.client(proxies, peer: "10.0.0.1", "192.0.2.66", "203.0.113.7") == "203.0.113.7")
    }

    @Test("A trusted proxy that names no client leaves the address unknown")
    func knowsNothing() throws {
        #expect(try Self.client("10.0.0.1", peer: "10.0.0.1") == nil)
        #expect(try Self.client("10.0.0.1", peer: "10.0.0.1", "192.0.2.1, unknown") == nil)
        #expect(try Self.client("10.0.0.1", peer: "10.0.0.1", "10.0.0.1") == nil)
    }

    @Test("What is no list of addresses is refused", arguments: ["proxy.example", "10.0.0.1,", "10.0.0.0/8", " "])
    func refusesOthers(text: String) {
        #expect(TrustedProxies(text) == nil)
    }

    @Test("A ticket that came through a trusted proxy is bound to the client, and without one to nobody")
    func bindsThroughProxies() async throws {
        try await TestAPI.with(.live) { configuration in
            configuration.trustedProxies = try #require(TrustedProxies("127.0.0.1"))
        } _: { api in
            try await api.rollOut(100)
            try await api.commit([["op": "serve", "flag": "WEBSOCKET_TICKET_BINDING", "variant": "address"]])
            let name = try #require(HTTPField.Name("X-Forwarded-For"))
            let issued = try await api.send(
                .post, "/websocket/ticket", token: api.jwt(), headers: [name: "198.51.100.1, ::ffff:203.0.113.7"])
            let ticket = try #require(issued.body["ticket_id"]?.stringValue)
            let used = try await api.send(
                .post, "/websocket/ticket/consume",
                json: ["ticket": .string(ticket), "client_address": "203.0.113.7"])
            #expect(used.status == 200, "\(used.text)")
            let unknown = try await api.send(.post, "/websocket/ticket", token: api.jwt())
            #expect(unknown.status == 403 && unknown.problem?.type == "binding-mismatch")
        }
    }
}
