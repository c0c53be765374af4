import FlagModel
import RedisClient
import TestRedis
import TestSupport
import Testing

@testable import TicketRuntime

@Suite("Sessions in Redis", .serialized)
struct RedisSessionStoreTests {
    private static let id = "0123456789abcdef"

    private func withStore(
        _ body: (RedisSessionStore, RedisClient) async throws -> Void
    ) async throws {
        try await TestRedisServer.withServer { server in
            try await RedisClient.withClient(try RedisConfiguration(url: server.url)) { client in
                try await body(try #require(RedisSessionStore(client: client)), client)
            }
        }
    }

    @Test("A session that another system wrote is read, and left as it is")
    func read() async throws {
        try await self.withStore { store, client in
            let json =
                #"{"user_id":"carol","email":"carol@example.com","permissions":["chat"],"expires_at":1900000000.5,"x":[]}"#
            _ = try await client.send(RedisCommand("SET", "session:\(Self.id)", json))
            let user = try #require(try await store.user(ofSession: Self.id))
            #expect(user.id == "carol")
            #expect(user.email == "carol@example.com")
            #expect(user.permissions == ["chat"])
            #expect(user.expiresAt == Timestamp(millisecondsSinceEpoch: 1_900_000_000_500))
            #expect(try await client.send(RedisCommand("GET", "session:\(Self.id)")).value.string == json)
        }
    }

    @Test("An unknown session, one that has ended, and a key of another type are none")
    func none() async throws {
        try await self.withStore { store, client in
            _ = try await client.send(RedisCommand("LPUSH", "session:\(Self.id)", "x"))
            #expect(try await store.user(ofSession: Self.id) == nil)
            #expect(try await store.user(ofSession: "fedcba9876543210") == nil)
        }
    }

    @Test(
        "Redis is not asked for what cannot be a session's id",
        arguments: ["", "short", "0123456789abcde\n", "0123456789 bcdef", String(repeating: "a", count: 257)])
    func badID(id: String) async throws {
        try await self.withStore { store, client in
            _ = try await client.send(RedisCommand("SET", "session:\(id)", #"{"user_id":"carol"}"#))
            #expect(try await store.user(ofSession: id) == nil)
        }
    }

    @Test("What is no session's record is a fault, and proves nobody")
    func unreadable() async throws {
        try await self.withStore { store, client in
            _ = try await client.send(RedisCommand("SET", "session:\(Self.id)", "carol"))
            let error = await #expect(throws: TicketStoreError.self) { try await store.user(ofSession: Self.id) }
            #expect(error?.cause == .recordUnreadable)
        }
    }

    @Test("Without a prefix a client could name any key")
    func prefix() async throws {
        try await self.withStore { store, client in
            #expect(RedisSessionStore(client: client, keyPrefix: "") == nil)
        }
    }

    @Test(
        "Half a session is none",
        arguments: [
            "", "null", "[]", "{}", #"{"user_id":""}"#, #"{"user_id":null}"#, #"{"user_id":"a","user_id":"b"}"#,
            #"{"user_id":"a","permissions":"admin"}"#, #"{"user_id":"a","permissions":[1]}"#,
            #"{"user_id":"a","email":1}"#, #"{"user_id":"a","expires_at":"soon"}"#, #"{"user_id":1.5}"#,
        ])
    func half(json: String) {
        #expect(ProvenUser(session: Array(json.utf8)) == nil)
    }

    @Test("A number is a user's id as well, and everything else may be absent")
    func smallest() throws {
        let user = try #require(ProvenUser(session: Array(#"{"user_id":42,"email":null}"#.utf8)))
        #expect(user.id == "42")
        #expect(user.email == nil)
        #expect(user.permissions.isEmpty)
        #expect(user.expiresAt == nil)
    }

    @Test("A session that has ended, or whose store is away, lets nobody in; tickets go on")
    func lookup() async throws {
        let sessions = MemorySessionStore()
        sessions["session-of-carol"] = try ProvenUser(id: "carol", expiresAt: Timestamp(millisecondsSinceEpoch: 1))
        let (uri, headers) = PathwaySetup.presenting(.session)
        #expect(await PathwaySetup(sessions: sessions).refusal(uri, headers)?.reason == .credentialInvalid)

        let away = PathwaySetup(sessions: BrokenSessionStore())
        for _ in 0..<8 { #expect(await away.refusal(uri, headers)?.reason == .verificationUnavailable) }
        #expect(away.log.text.contains("session lookups fail"))
        let ticket = try await away.ticket()
        #expect(try await away.authenticate("/ws?ticket=\(ticket)").userID == "carol")
    }
}
