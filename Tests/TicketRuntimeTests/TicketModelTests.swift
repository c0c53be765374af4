import FlagModel
import Testing

@testable import TicketRuntime

@Suite("What goes in and out")
struct TicketModelTests {
    @Test("A user without id or e-mail address is incomplete", arguments: [nil, ""] as [String?])
    func incomplete(missing: String?) {
        #expect(throws: TicketRefusal.self) { try TicketSubject(id: missing, email: "a@example.com") }
        #expect(throws: TicketRefusal.self) { try TicketSubject(id: "1", email: missing) }
    }

    @Test("A TTL outside 30 to 3600 seconds is refused with its place", arguments: [10, 29, 3601, 5000] as [Int64])
    func ttlAsked(seconds: Int64) throws {
        let error = #expect(throws: InvalidDocument.self) { try TicketRequest(ttlSeconds: seconds) }
        #expect(error?.issues.map(\.path) == ["ttl_seconds"])
    }

    @Test("Metadata above the limit are refused with their place")
    func metadataLimit() throws {
        let metadata: [String: JSONValue] = ["x": .string(String(repeating: "a", count: 5000))]
        let error = #expect(throws: InvalidDocument.self) { try TicketRequest(metadata: metadata) }
        #expect(error?.issues.map(\.path) == ["metadata"])
    }

    @Test("Permissions are the intersection with the user's own, in the order asked for, each once")
    func permissions() throws {
        let user = try TicketSubject.user(permissions: ["read", "chat"])
        #expect(user.permissions(granting: nil) == ["read", "chat"])
        #expect(user.permissions(granting: ["chat", "admin", "chat"]) == ["chat"])
        #expect(user.permissions(granting: []) == [])
    }

    @Test(
        "Only texts of a ticket's form reach the store",
        arguments: [
            "", "x", String(repeating: "a", count: 42), String(repeating: "a", count: 45),
            String(repeating: "a", count: 42) + "=", String(repeating: "a", count: 42) + "é",
            "x" + String(repeating: "a", count: 43),
        ])
    func notTickets(text: String) {
        #expect(PresentedTicket(text) == nil)
    }

    @Test("Minted tickets are distinct, have 43 characters and say their kind")
    func minted() throws {
        let tickets = try (0..<1000).map { _ in try mint.mint(.singleUse) }
        #expect(Set(tickets.map(\.text)).count == 1000)
        #expect(tickets.allSatisfy { $0.text.utf8.count == 43 && PresentedTicket($0.text)?.kind == .singleUse })
        let reusable = try mint.mint(.multiUse)
        #expect(PresentedTicket(reusable.text)?.kind == .multiUse)
    }

    @Test("The allow-list compares origins in their normal form")
    func origins() throws {
        let list = try OriginAllowList("https://chat.example.com, http://localhost:3000")
        #expect(list.allows("https://chat.example.com"))
        #expect(list.allows("HTTPS://Chat.Example.com:443"))
        #expect(list.allows("http://localhost:3000"))
        #expect(list.allows(nil))
    }

    @Test(
        "Foreign origins are not allowed",
        arguments: [
            "https://chat.example.com.evil.org", "http://chat.example.com", "null", "",
            "https://chat.example.com:444", "https://chat.example.com/", "https://evil.org#https://chat.example.com",
            "file://", "https://chat.example.com@evil.org",
        ])
    func foreignOrigins(origin: String) throws {
        #expect(try !OriginAllowList("https://chat.example.com").allows(origin))
    }

    @Test("An allow-list with something else than origins is refused")
    func badList() {
        #expect(throws: InvalidDocument.self) { try OriginAllowList("chat.example.com") }
        #expect(throws: InvalidDocument.self) { try OriginAllowList("https://a.example.com,*") }
    }

    @Test("The name of an instance is cut at a character's end")
    func instanceName() {
        let use = SpentTicket(at: Timestamp(millisecondsSinceEpoch: 0), by: String(repeating: "ä", count: 40))
        #expect(use.instance == String(repeating: "ä", count: 32))
    }

    @Test("Neither a ticket's description nor its mirror shows it")
    func redacted() throws {
        let ticket = try mint.mint(.singleUse)
        var dumped = ""
        dump(ticket, to: &dumped)
        #expect(!("\(ticket) \(String(reflecting: ticket))" + dumped).contains(ticket.text))
    }
}
