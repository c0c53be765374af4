import FlagModel
import Testing

@testable import TicketRuntime

@Suite("Before there is a snapshot")
struct NotReadyTests {
    private let store = MemoryTicketStore()

    private func runtime() -> TicketRuntime {
        var configuration = TicketConfiguration(environment: "testing", instance: "a", allowedOrigins: .any)
        configuration.pathways.verifier = FakeVerifier()
        return TicketRuntime(configuration, store: self.store)
    }

    /// A ticket that another instance has issued, which knows the flags.
    private func ticket() async throws -> String {
        let other = self.runtime()
        other.apply(EnvironmentContent.open.snapshot())
        return try await other.issue(for: .user()).id
    }

    @Test("No ticket is consumed, as what was revoked is not known; it is good once there is one")
    func consume() async throws {
        let (runtime, ticket) = (self.runtime(), try await self.ticket())
        let refusal = await #expect(throws: TicketRefusal.self) { try await runtime.consume(ticket) }
        #expect(refusal == .notReady(retryAfterSeconds: 1))
        #expect(refusal?.closeCode == 4503)
        #expect(refusal?.retryAfterSeconds == 1)
        await #expect(throws: TicketRefusal.notReady(retryAfterSeconds: 1)) { try await runtime.validate(ticket) }
        runtime.apply(EnvironmentContent.open.snapshot())
        #expect(try await runtime.consume(ticket).userID == "user-1")
    }

    @Test("No ticket is issued, and nobody is told that tickets are off for them")
    func issue() async throws {
        await #expect(throws: TicketRefusal.notReady(retryAfterSeconds: 1)) {
            try await self.runtime().issue(for: .user())
        }
    }

    @Test("A ticket that was revoked meanwhile is never let in")
    func revoked() async throws {
        let (runtime, ticket) = (self.runtime(), try await self.ticket())
        var content = EnvironmentContent.open
        content.ticketsNotBeforeRevision = 2
        runtime.apply(content.snapshot(revision: 2))
        await #expect(throws: TicketRefusal.revoked) { try await runtime.consume(ticket) }
    }

    @Test("No handshake is told to ask for another credential: it is to come back", arguments: Pathway.allCases)
    func authenticate(pathway: Pathway) async throws {
        let runtime = self.runtime()
        var (uri, headers) = PathwaySetup.presenting(pathway)
        if pathway == .ticket { uri = "/ws?ticket=\(try await self.ticket())" }
        headers.append(("Host", "chat.example.com"))
        let refusal = await #expect(throws: TicketRefusal.self) {
            try await runtime.authenticate(WebSocketHandshake(uri: uri, headers: headers))
        }
        #expect(refusal == .notReady(retryAfterSeconds: 1))
    }

    @Test("A snapshot without any flag is a snapshot")
    func empty() async throws {
        let (runtime, ticket) = (self.runtime(), try await self.ticket())
        runtime.apply(EnvironmentContent().snapshot(revision: 0))
        #expect(try await runtime.consume(ticket).userID == "user-1")
    }
}
