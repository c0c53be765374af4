import FlagModel
import Foundation
import TestSupport
import Testing

@Suite("Tickets, in FlagServer and in a service with FlagClient")
struct TicketPlaceTests {
    @Test("are refused while they are off, with the pathway to use instead", arguments: TicketPlace.allCases)
    func off(place: TicketPlace) async throws {
        try await place.withTickets { tickets, _ in
            let answer = try await tickets.issue(for: "ada")
            #expect(answer.status == 403)
            #expect(answer.json["type"] == "tickets-off")
            #expect(answer.json["pathway"] == "subprotocol")
            #expect(try await tickets.status()["ticket_system_enabled"] == false)
        }
    }

    @Test("come with a commit on the control plane, and go with its rollback", arguments: TicketPlace.allCases)
    func commitAndRollback(place: TicketPlace) async throws {
        try await place.withTickets { tickets, plane in
            try await plane.open()
            try await eventually("tickets are issued") { try await tickets.issue(for: "ada").status == 200 }
            #expect(try await tickets.status()["ticket_system_enabled"] == true)
            try await plane.command("rollback", "development", "--reason", "that was it")
            try await eventually("tickets are refused") { try await tickets.issue(for: "ada").status == 403 }
            #expect(try await tickets.status()["ticket_system_enabled"] == false)
        }
    }

    @Test("honour at consumption what was decided at issue, also after a rollback", arguments: TicketPlace.allCases)
    func stamp(place: TicketPlace) async throws {
        try await place.withTickets { tickets, plane in
            try await plane.rollOut("100")
            let ticket = try await tickets.ticket(for: "ada")
            try await plane.command("rollback", "development", "--reason", "that was it", "--wait=2m")
            let identity = try await tickets.consume(ticket)
            #expect(identity.status == 200, "\(identity.body)")
            #expect(identity.json["user_id"] == "ada" && identity.json["revision"] == 2)
        }
    }

    @Test("are useless after a rollback that revokes them", arguments: TicketPlace.allCases)
    func revocation(place: TicketPlace) async throws {
        try await place.withTickets { tickets, plane in
            try await plane.rollOut("100")
            let ticket = try await tickets.ticket()
            try await plane.command(
                "rollback", "development", "--revoke-tickets", "--reason", "stolen", "--wait=2m")
            let answer = try await tickets.consume(ticket)
            #expect(answer.status == 410, "\(answer.body)")
            #expect(answer.json["type"] == "ticket-unknown-or-expired")
        }
    }

    @Test("of a killed flag follow its safe variant until it is enabled again", arguments: TicketPlace.allCases)
    func kill(place: TicketPlace) async throws {
        try await place.withTickets { tickets, plane in
            try await plane.rollOut("100")
            #expect(try await tickets.issue(for: "ada").status == 200)
            try await plane.command(
                "kill", "development", "ENABLE_WEBSOCKET_TICKETS", "--reason", "they fail", "--wait=2m")
            #expect(try await tickets.issue(for: "ada").status == 403)
            try await plane.command(
                "enable", "development", "ENABLE_WEBSOCKET_TICKETS", "--reason", "mended", "--yes")
            try await eventually("tickets are issued") { try await tickets.issue(for: "ada").status == 200 }
        }
    }

    @Test("last as long as the flag says, and end", arguments: TicketPlace.allCases)
    func lifetime(place: TicketPlace) async throws {
        try await place.withTickets { tickets, plane in
            try await plane.rollOut("100")
            try await plane.command(
                "set", "development", "WEBSOCKET_TICKET_TTL", "1", "--reason", "short", "--wait=2m")
            let answer = try await tickets.issue(for: "ada", json: ["ttl_seconds": 3600])
            #expect(answer.json["ttl_seconds"] == 1)
            #expect(try await tickets.status()["default_ttl_seconds"] == 1)
            let ticket = try #require(answer.json["ticket_id"]?.stringValue)
            let end = try #require(answer.json["expires_at"]?.doubleValue)
            try await eventually("the end") { Date().timeIntervalSince1970 > end }
            #expect(try await tickets.consume(ticket).status == 410)
        }
    }

    @Test("are granted to exactly one of many racing consumers", arguments: TicketPlace.allCases)
    func once(place: TicketPlace) async throws {
        try await place.withTickets { tickets, plane in
            try await plane.rollOut("100")
            for _ in 0..<20 {
                let statuses = try await Self.race(for: try await tickets.ticket(), among: [tickets])
                #expect(statuses.count { $0 == 200 } == 1 && statuses.count { $0 == 409 } == 7, "\(statuses)")
            }
        }
    }

    /// Presents a ticket eight times at once, by turns at each place.
    static func race(for ticket: String, among places: [Tickets]) async throws -> [Int] {
        try await withThrowingTaskGroup(of: Int.self) { group in
            for racer in 0..<8 {
                let place = places[racer % places.count]
                group.addTask { try await place.consume(ticket).status }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
    }
}
