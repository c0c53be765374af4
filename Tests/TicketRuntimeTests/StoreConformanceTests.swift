import FlagModel
import Testing

@testable import TicketRuntime

@Suite("Every store behaves the same", .serialized)
struct StoreConformanceTests {
    @Test("A ticket is good for the user that it was issued to", arguments: StoreKind.allCases)
    func found(kind: StoreKind) async throws {
        try await Setup.with(kind) { setup in
            let runtime = setup.runtime()
            let request = try TicketRequest(permissions: ["chat"], metadata: ["room": "lobby"])
            let ticket = try await runtime.issue(for: .user(), request)
            let identity = try await runtime.consume(ticket.id)
            #expect(identity.userID == "user-1")
            #expect(identity.email == "user-1@example.com")
            #expect(identity.permissions == ["chat"])
            #expect(identity.metadata == ["room": "lobby"])
            #expect(identity.pathway == .ticket)
            #expect(identity.isSingleUse)
            #expect(identity.revision == 1)
            #expect(identity.cohort == .everyone)
            #expect(identity.issuedAt == ticket.issuedAt && identity.expiresAt == ticket.expiresAt)
        }
    }

    @Test("A ticket that was never issued is unknown", arguments: StoreKind.allCases)
    func unknown(kind: StoreKind) async throws {
        try await Setup.with(kind) { setup in
            let runtime = setup.runtime()
            let never = try mint.mint(.singleUse).text
            await #expect(throws: TicketRefusal.unknownOrExpired) { try await runtime.consume(never) }
            #expect(try await runtime.validate(never).reason == .unknownOrExpired)
        }
    }

    @Test("A ticket that has ended is unknown", arguments: StoreKind.allCases)
    func expired(kind: StoreKind) async throws {
        try await Setup.with(kind) { setup in
            let runtime = setup.runtime()
            let ticket = try await runtime.issue(for: .user())
            setup.clock.advance(by: .milliseconds(29_999))
            #expect(try await runtime.validate(ticket.id).isValid)
            setup.clock.advance(by: .milliseconds(1))
            #expect(try await runtime.validate(ticket.id).reason == .unknownOrExpired)
            await #expect(throws: TicketRefusal.unknownOrExpired) { try await runtime.consume(ticket.id) }
        }
    }

    @Test(
        "A replay is told from an unknown ticket, with the first use, however often it comes",
        arguments: StoreKind.allCases)
    func replay(kind: StoreKind) async throws {
        try await Setup.with(kind) { setup in
            let first = setup.runtime(instance: "first")
            let second = setup.runtime(instance: "second")
            let ticket = try await first.issue(for: .user())
            setup.clock.advance(by: .seconds(1))
            let use = SpentTicket(at: setup.clock.now, by: "first")
            _ = try await first.consume(ticket.id)
            for _ in 0..<3 {
                setup.clock.advance(by: .seconds(1))
                await #expect(throws: TicketRefusal.replayed(use)) { try await second.consume(ticket.id) }
                #expect(try await second.validate(ticket.id).reason == .replayed)
            }
            #expect(second.statistics.replays == 3)
        }
    }

    @Test("Looking at a ticket does not consume it", arguments: StoreKind.allCases)
    func validate(kind: StoreKind) async throws {
        try await Setup.with(kind) { setup in
            let runtime = setup.runtime()
            let ticket = try await runtime.issue(for: .user())
            for _ in 0..<3 {
                let validation = try await runtime.validate(ticket.id)
                #expect(validation.isValid)
                #expect(validation.identity?.userID == "user-1")
            }
            _ = try await runtime.consume(ticket.id)
        }
    }

    @Test("The owner revokes a ticket, and revoking it again says that it is", arguments: StoreKind.allCases)
    func revoke(kind: StoreKind) async throws {
        try await Setup.with(kind) { setup in
            let runtime = setup.runtime()
            let ticket = try await runtime.issue(for: .user())
            #expect(try await runtime.revoke(ticket.id, ownedBy: "user-1") == .revoked)
            #expect(try await runtime.revoke(ticket.id, ownedBy: "user-1") == .alreadyRevoked)
            for _ in 0..<2 { await #expect(throws: TicketRefusal.revoked) { try await runtime.consume(ticket.id) } }
            #expect(try await runtime.validate(ticket.id).reason == .revoked)
            #expect(try await runtime.revoke(ticket.id, ownedBy: "user-1") == .alreadyRevoked)
        }
    }

    @Test("There is nothing to revoke of an unknown, ended or spent ticket", arguments: StoreKind.allCases)
    func revokeNothing(kind: StoreKind) async throws {
        try await Setup.with(kind) { setup in
            let runtime = setup.runtime()
            let never = try mint.mint(.singleUse).text
            #expect(try await runtime.revoke(never, ownedBy: "user-1") == .notFound)
            #expect(try await runtime.revoke("nonsense", ownedBy: "user-1") == .notFound)
            let spent = try await runtime.issue(for: .user())
            _ = try await runtime.consume(spent.id)
            #expect(try await runtime.revoke(spent.id, ownedBy: "user-1") == .notFound)
        }
    }

    @Test("All of a user's tickets are revoked at once, and nobody else's", arguments: StoreKind.allCases)
    func revokeAll(kind: StoreKind) async throws {
        try await Setup.with(kind) { setup in
            let runtime = setup.runtime(.open.with(TicketFlags.multiUse, .toggle(true)))
            let reusable = try await runtime.issue(for: .user(), TicketRequest(singleUse: false))
            var tickets: [Ticket] = []
            for _ in 0..<5 { tickets.append(try await runtime.issue(for: .user())) }
            let other = try await runtime.issue(for: .user("user-2"))
            try await runtime.revokeAll(ofUser: "user-1")
            for ticket in tickets + [reusable] {
                #expect(try await runtime.validate(ticket.id).reason == .revoked)
                for _ in 0..<2 {
                    await #expect(throws: TicketRefusal.revoked) { try await runtime.consume(ticket.id) }
                }
            }
            _ = try await runtime.consume(other.id)
            let fresh = try await runtime.issue(for: .user())
            _ = try await runtime.consume(fresh.id)
        }
    }

    @Test("A second revocation covers what was issued after the first", arguments: StoreKind.allCases)
    func revokeAllTwice(kind: StoreKind) async throws {
        try await Setup.with(kind) { setup in
            let runtime = setup.runtime()
            try await runtime.revokeAll(ofUser: "user-1")
            let ticket = try await runtime.issue(for: .user())
            try await runtime.revokeAll(ofUser: "user-2")
            #expect(try await runtime.validate(ticket.id).isValid)
            try await runtime.revokeAll(ofUser: "user-1")
            await #expect(throws: TicketRefusal.revoked) { try await runtime.consume(ticket.id) }
        }
    }

    @Test("Tickets issued before the policy's instant are refused, later ones are not", arguments: StoreKind.allCases)
    func notBefore(kind: StoreKind) async throws {
        try await Setup.with(kind) { setup in
            let runtime = setup.runtime()
            let old = try await runtime.issue(for: .user())
            setup.clock.advance(by: .seconds(1))
            runtime.apply(EnvironmentContent.open.ticketsNotBefore(setup.clock.now).snapshot(revision: 2))
            let new = try await runtime.issue(for: .user())
            #expect(try await runtime.validate(old.id).reason == .revoked)
            for _ in 0..<2 { await #expect(throws: TicketRefusal.revoked) { try await runtime.consume(old.id) } }
            _ = try await runtime.consume(new.id)
        }
    }

    @Test(
        "Tickets issued under a revoked revision are refused, whatever their time, twice", arguments: StoreKind.allCases
    )
    func notBeforeRevision(kind: StoreKind) async throws {
        try await Setup.with(kind) { setup in
            let runtime = setup.runtime()
            let old = try await runtime.issue(for: .user())
            var content = EnvironmentContent.open
            content.ticketsNotBeforeRevision = 2
            runtime.apply(content.snapshot(revision: 2))
            let new = try await runtime.issue(for: .user())
            #expect(try await runtime.validate(old.id).reason == .revoked)
            for _ in 0..<2 { await #expect(throws: TicketRefusal.revoked) { try await runtime.consume(old.id) } }
            _ = try await runtime.consume(new.id)
            let again = await #expect(throws: TicketRefusal.self) { try await runtime.consume(new.id) }
            #expect(again?.reason == .replayed)
        }
    }

    @Test("A multi-use ticket is good until it ends, and is never spent", arguments: StoreKind.allCases)
    func multiUse(kind: StoreKind) async throws {
        try await Setup.with(kind) { setup in
            let runtime = setup.runtime(.open.with(TicketFlags.multiUse, .toggle(true)))
            let ticket = try await runtime.issue(for: .user(), TicketRequest(singleUse: false))
            #expect(!ticket.isSingleUse)
            for _ in 0..<5 { #expect(try await !runtime.consume(ticket.id).isSingleUse) }
            setup.clock.advance(by: .seconds(30))
            await #expect(throws: TicketRefusal.unknownOrExpired) { try await runtime.consume(ticket.id) }
        }
    }

    @Test(
        "A single-use ticket cannot be presented as a multi-use one, nor the other way round",
        arguments: StoreKind.allCases)
    func kindsDoNotMix(kind: StoreKind) async throws {
        try await Setup.with(kind) { setup in
            let runtime = setup.runtime(.open.with(TicketFlags.multiUse, .toggle(true)))
            let once = try await runtime.issue(for: .user())
            let reusable = try await runtime.issue(for: .user(), TicketRequest(singleUse: false))
            await #expect(throws: TicketRefusal.unknownOrExpired) { try await runtime.consume("m" + once.id) }
            await #expect(throws: TicketRefusal.unknownOrExpired) {
                try await runtime.consume(String(reusable.id.dropFirst()))
            }
            _ = try await runtime.consume(once.id)
            _ = try await runtime.consume(reusable.id)
        }
    }

    @Test("A bound ticket from elsewhere is refused, and spent by the attempt", arguments: StoreKind.allCases)
    func binding(kind: StoreKind) async throws {
        try await Setup.with(kind) { setup in
            let runtime = setup.runtime(.open.with(TicketFlags.binding, .value(.string, "origin-and-address")))
            let home = TicketHandshake(origin: "https://chat.example.com", clientAddress: "192.0.2.1")
            let elsewhere = [
                TicketHandshake(origin: "https://evil.example.org", clientAddress: "192.0.2.1"),
                TicketHandshake(origin: "https://chat.example.com", clientAddress: "192.0.2.2"),
                TicketHandshake(),
            ]
            for place in elsewhere {
                let ticket = try await runtime.issue(for: .user(), handshake: home)
                await #expect(throws: TicketRefusal.bindingMismatch) {
                    try await runtime.consume(ticket.id, handshake: place)
                }
                let again = await #expect(throws: TicketRefusal.self) {
                    try await runtime.consume(ticket.id, handshake: home)
                }
                #expect(again?.reason == .replayed)
            }
            let ticket = try await runtime.issue(for: .user(), handshake: home)
            _ = try await runtime.consume(ticket.id, handshake: home)
        }
    }

    @Test("A ticket issued without an origin is not good with one", arguments: StoreKind.allCases)
    func absentOrigin(kind: StoreKind) async throws {
        try await Setup.with(kind) { setup in
            let runtime = setup.runtime(.open.with(TicketFlags.binding, .value(.string, "origin")))
            let ticket = try await runtime.issue(for: .user())
            await #expect(throws: TicketRefusal.bindingMismatch) {
                try await runtime.consume(ticket.id, handshake: TicketHandshake(origin: "https://chat.example.com"))
            }
        }
    }

    @Test("A page that is not on the allow-list is refused before the ticket is touched", arguments: StoreKind.allCases)
    func originNotAllowed(kind: StoreKind) async throws {
        try await Setup.with(kind) { setup in
            let runtime = setup.runtime(origins: try OriginAllowList("https://chat.example.com"))
            let ticket = try await runtime.issue(for: .user())
            await #expect(throws: TicketRefusal.originNotAllowed) {
                try await runtime.consume(ticket.id, handshake: TicketHandshake(origin: "https://evil.example.org"))
            }
            _ = try await runtime.consume(ticket.id, handshake: TicketHandshake(origin: "https://chat.example.com"))
        }
    }

    @Test("A ticket is honoured after tickets were switched off for its owner", arguments: StoreKind.allCases)
    func stampHonoured(kind: StoreKind) async throws {
        try await Setup.with(kind) { setup in
            let runtime = setup.runtime()
            let ticket = try await runtime.issue(for: .user())
            runtime.apply(EnvironmentContent.open.with(TicketFlags.tickets, .toggle(false)).snapshot(revision: 2))
            await #expect(throws: TicketRefusal.ticketsOff(use: nil)) { try await runtime.issue(for: .user()) }
            #expect(try await runtime.consume(ticket.id).revision == 1)
        }
    }

    @Test("The store says that it answers", arguments: StoreKind.allCases)
    func status(kind: StoreKind) async throws {
        try await Setup.with(kind) { setup in
            let status = await setup.runtime().status()
            #expect(status.isStoreAvailable)
            #expect(status.isEnabledForAnyone)
            #expect(status.defaultTTLSeconds == 30)
            #expect(status.maximumTTLSeconds == 3600)
            #expect(status.keyPrefix == (kind == .memory ? "memory" : "signalbox:testing:"))
            #expect(status.storeStatus == "available")
            #expect(status.storeDetail.hasPrefix(kind.rawValue))
        }
    }
}
