import FlagModel
import Logging
import RedisClient
import TestRedis
import TestSupport
import Testing

@testable import TicketRuntime

@Suite("What went wrong before does not happen here", .serialized)
struct SeedRegressionTests {
    @Test(
        "S3: a stranger who looks at a ticket sees neither its owner nor its permissions", arguments: StoreKind.allCases
    )
    func redaction(kind: StoreKind) async throws {
        try await Setup.with(kind) { setup in
            let runtime = setup.runtime()
            let ticket = try await runtime.issue(for: .user())
            let validation = try await runtime.validate(ticket.id)
            #expect(validation.shown(to: .user(id: "stranger")).identity == nil)
            #expect(validation.shown(to: .user(id: "stranger")).isValid)
            #expect(validation.shown(to: .user(id: "user-1")).identity?.email == "user-1@example.com")
            #expect(validation.shown(to: .backend).identity?.permissions == ["read", "chat"])
        }
    }

    @Test("S4: a stranger's revocation destroys nothing, and the owner's works", arguments: StoreKind.allCases)
    func stranger(kind: StoreKind) async throws {
        try await Setup.with(kind) { setup in
            let runtime = setup.runtime()
            let ticket = try await runtime.issue(for: .user())
            #expect(try await runtime.revoke(ticket.id, ownedBy: "stranger") == .notOwner)
            #expect(try await runtime.validate(ticket.id).isValid)
            #expect(try await runtime.revoke(ticket.id, ownedBy: "user-1") == .revoked)
            #expect(try await runtime.revoke(ticket.id, ownedBy: "stranger") == .notOwner)
        }
    }

    @Test("S5: nobody gets a permission that they do not have", arguments: StoreKind.allCases)
    func permissions(kind: StoreKind) async throws {
        try await Setup.with(kind) { setup in
            let runtime = setup.runtime()
            let ticket = try await runtime.issue(for: .user(), TicketRequest(permissions: ["admin", "chat", "root"]))
            #expect(ticket.permissions == ["chat"])
            #expect(ticket.adjustments == [.permissionsReduced])
            #expect(try await runtime.consume(ticket.id).permissions == ["chat"])
        }
    }

    @Test("S6: an hour-long reusable ticket is cut down to the policy's bounds, and the caller is told")
    func bounds() async throws {
        try await Setup.with(.memory) { setup in
            let runtime = setup.runtime()
            let ticket = try await runtime.issue(for: .user(), TicketRequest(ttlSeconds: 3600, singleUse: false))
            #expect(ticket.ttlSeconds == 30)
            #expect(ticket.expiresAt.milliseconds(since: ticket.issuedAt) == 30_000)
            #expect(ticket.isSingleUse)
            #expect(ticket.adjustments == [.ttlReduced(asked: 3600, granted: 30), .singleUseEnforced])
            _ = try await runtime.consume(ticket.id)
            let again = await #expect(throws: TicketRefusal.self) { try await runtime.consume(ticket.id) }
            #expect(again?.reason == .replayed)
        }
    }

    @Test("S6: less than the policy's bound is granted as it was asked for")
    func lessThanTheBound() async throws {
        try await Setup.with(.memory) { setup in
            let runtime = setup.runtime(.open.with(TicketFlags.ttl, .value(.integer, 600)))
            let ticket = try await runtime.issue(for: .user(), TicketRequest(ttlSeconds: 60))
            #expect(ticket.ttlSeconds == 60)
            #expect(ticket.adjustments.isEmpty)
        }
    }

    @Test(
        "S7: no log line, error or description contains a ticket, an address or a user", arguments: StoreKind.allCases)
    func secrecy(kind: StoreKind) async throws {
        try await Setup.with(kind) { setup in
            let runtime = setup.runtime(.open.with(TicketFlags.binding, .value(.string, "origin")))
            var secrets = ["user-1", "example.com", "192.0.2.77", "payload-of-the-user"]
            let home = TicketHandshake(origin: "https://chat.example.com", clientAddress: "192.0.2.77")
            let request = try TicketRequest(metadata: ["note": "payload-of-the-user"])
            var shown = ""
            for handshake in [home, TicketHandshake()] {
                let ticket = try await runtime.issue(for: .user(), request, handshake: home)
                secrets.append(ticket.id)
                shown += "\(ticket) \(String(reflecting: ticket))"
                for _ in 0..<2 {
                    do throws(TicketRefusal) {
                        _ = try await runtime.consume(ticket.id, handshake: handshake)
                    } catch {
                        shown += "\(error) \(String(reflecting: error))"
                    }
                }
                _ = try await runtime.revoke(ticket.id, ownedBy: "stranger")
            }
            let failing = TicketRuntime(
                runtime.configuration, store: BrokenStore(), logger: setup.log.logger, clock: setup.clock.clock)
            for secret in secrets {
                _ = await #expect(throws: TicketRefusal.self) { try await failing.consume(secret) }
            }
            let presented = try mint.mint(.singleUse)
            secrets.append(presented.text)
            _ = await #expect(throws: TicketRefusal.self) { try await failing.consume(presented.text) }
            shown += setup.log.text
            #expect(setup.log.lines.contains { $0.metadata["ticket.fingerprint"]?.utf8.count == 12 })
            for secret in secrets { #expect(!shown.contains(secret)) }
        }
    }

    @Test("S7: two processes give one ticket different fingerprints")
    func fingerprints() {
        let (one, other) = (TicketFingerprint.Maker(), TicketFingerprint.Maker())
        #expect(one.fingerprint(of: "ticket").description == one.fingerprint(of: "ticket").description)
        #expect(one.fingerprint(of: "ticket").description != other.fingerprint(of: "ticket").description)
    }

    @Test("S14: every key in Redis ends by itself, but for the one counter of an environment")
    func everythingExpires() async throws {
        try await TestRedisServer.withServer { server in
            try await RedisTicketStore.with(server) { store in
                let setup = Setup(kind: .redis, store: store, clock: ManualClock())
                let runtime = setup.runtime(.open.with(TicketFlags.multiUse, .toggle(true)))
                _ = try await runtime.issue(for: .user())
                _ = try await runtime.issue(for: .user(), TicketRequest(singleUse: false))
                let spent = try await runtime.issue(for: .user()).id
                _ = try await runtime.consume(spent)
                _ = await #expect(throws: TicketRefusal.self) { try await runtime.consume(spent) }
                let revoked = try await runtime.issue(for: .user()).id
                _ = try await runtime.revoke(revoked, ownedBy: "user-1")
                try await runtime.revokeAll(ofUser: "user-1")
                let keys = try #require(try await server.command("KEYS", "*")).split(separator: "\n").map(String.init)
                #expect(keys.count == 6)
                var lasting: [String] = []
                for key in keys {
                    #expect(key.hasPrefix("signalbox:testing:"))
                    if try await server.command("PTTL", key) == "-1" { lasting.append(key) }
                }
                #expect(lasting == ["signalbox:testing:revocations"])
            }
        }
    }

    @Test("S14: Redis forgets a ticket at its end, and a late consumption leaves nothing behind")
    func ttlApplied() async throws {
        try await TestRedisServer.withServer { server in
            try await RedisTicketStore.with(server) { store in
                let setup = Setup(kind: .redis, store: store, clock: ManualClock())
                let runtime = setup.runtime(.open.with(TicketFlags.ttl, .value(.integer, 1)))
                let ticket = try await runtime.issue(for: .user()).id
                #expect(try await server.command("DBSIZE") == "1")
                let name = store.keys.ticket(TicketKey(try #require(PresentedTicket(ticket)))).text
                try await eventually { try await server.command("PTTL", name) == "-2" }
                await #expect(throws: TicketRefusal.unknownOrExpired) { try await runtime.consume(ticket) }
                #expect(try await server.command("DBSIZE") == "0")
            }
        }
    }

    @Test("The store keeps neither the ticket nor a digest that leads back to it under a plain name")
    func ticketNotStored() async throws {
        try await TestRedisServer.withServer { server in
            try await RedisTicketStore.with(server) { store in
                let setup = Setup(kind: .redis, store: store, clock: ManualClock())
                let ticket = try await setup.runtime().issue(for: .user()).id
                let key = try #require(try await server.command("KEYS", "*"))
                #expect(!key.contains(ticket))
                let record = try #require(try await store.client.send(RedisCommand("GET", key)).value.bytes)
                #expect(!String(decoding: record, as: UTF8.self).contains(ticket))
            }
        }
    }
}
