import FlagModel
import Testing

@testable import TicketRuntime

@Suite("An address has one text however it was written")
struct NetworkAddressTests {
    @Test(
        "Addresses are written in their canonical form",
        arguments: [
            ("203.0.113.7", "203.0.113.7"), ("::ffff:203.0.113.7", "203.0.113.7"), ("::FFFF:cb00:7107", "203.0.113.7"),
            ("2001:DB8:0:0:0:0:0:1", "2001:db8::1"), ("[::1]", "::1"), ("::", "::"),
        ])
    func canonical(text: String, expected: String) {
        #expect(NetworkAddress.canonical(text) == expected)
        #expect(TicketHandshake(clientAddress: text).clientAddress == expected)
    }

    @Test(
        "What is no address stays as it is",
        arguments: ["", "localhost", "203.0.113", "203.0.113.7:80", "1.2.3.4\0", "[1.2.3.4]", "::1::"])
    func others(text: String) {
        #expect(NetworkAddress.canonical(text) == nil)
        #expect(TicketHandshake(clientAddress: text).clientAddress == text)
    }

    @Test("A ticket bound to an address is good from the same one written differently, not from a neighbour")
    func binding() async throws {
        try await Setup.with(.memory) { setup in
            let runtime = setup.runtime(.open.with(TicketFlags.binding, .value(.string, "address")))
            let home = TicketHandshake(clientAddress: "::ffff:203.0.113.7")
            let ticket = try await runtime.issue(for: .user(), handshake: home)
            _ = try await runtime.consume(ticket.id, handshake: TicketHandshake(clientAddress: "203.0.113.7"))
            let other = try await runtime.issue(for: .user(), handshake: home)
            await #expect(throws: TicketRefusal.bindingMismatch) {
                try await runtime.consume(other.id, handshake: TicketHandshake(clientAddress: "203.0.113.8"))
            }
        }
    }

    @Test("No ticket is bound to an address that is not known", arguments: ["address", "origin-and-address"])
    func unknown(binding: String) async throws {
        try await Setup.with(.memory) { setup in
            let runtime = setup.runtime(.open.with(TicketFlags.binding, .value(.string, .string(binding))))
            for place in [TicketHandshake(), TicketHandshake(origin: "https://a.example", clientAddress: "")] {
                await #expect(throws: TicketRefusal.bindingMismatch) {
                    try await runtime.issue(for: .user(), handshake: place)
                }
            }
        }
    }
}
