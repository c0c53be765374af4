import FlagModel
import Testing

@testable import TicketRuntime

@Suite("A handshake is counted once, with its outcome")
struct HandshakeCountingTests {
    private typealias Entry = TicketStatistics.Entry

    private static let page = (name: "Origin", value: PathwaySetup.page)
    private static let subprotocol = (name: "Sec-WebSocket-Protocol", value: "jwt.jwt-of-carol")
    private static let ticket = "/ws?ticket=\(String(repeating: "A", count: PresentedTicket.length))"

    private func entries(_ setup: PathwaySetup) -> [Entry] {
        setup.runtime.statistics.entries.filter { $0.operation == .authenticate || $0.operation == .passOver }
    }

    private func entry(
        _ operation: TicketOperation, _ pathway: Pathway, _ cohort: TicketCohort, _ refusal: TicketRefusalReason? = nil
    ) -> Entry {
        Entry(operation: operation, pathway: pathway, cohort: cohort, refusal: refusal, count: 1)
    }

    @Test("Who gets in is no failure, whatever was passed over before; that is counted apart, for the user's cohort")
    func granted() async throws {
        let setup = PathwaySetup([.cookie, .session], sessions: try PathwaySetup.sessions("carol"))
        let cookies = (name: "Cookie", value: "auth_token=expired; session_id=session-of-carol")
        _ = try await setup.authenticate("/ws", [Self.page, cookies])
        #expect(
            self.entries(setup) == [
                self.entry(.authenticate, .session, .control),
                self.entry(.passOver, .cookie, .control, .credentialInvalid),
            ])
    }

    @Test("Who is refused fails once: under the pathway, the cohort and the reason of the refusal that is answered")
    func refused() async throws {
        let off = [TicketFlags.toggle(of: .authorizationHeader): FlagDefinition.toggle(false, percentage: 1)]
        let setup = PathwaySetup([.ticket, .session], flags: off)
        let headers = [("Authorization", "Bearer jwt-of-carol"), Self.page, ("Cookie", "session_id=unknown")]
        #expect(await setup.refusal("/ws", headers) == .pathwayOff(use: .ticket))
        #expect(
            self.entries(setup) == [
                self.entry(.authenticate, .authorizationHeader, .everyone, .pathwayOff),
                self.entry(.passOver, .session, .unknown, .credentialInvalid),
            ])
    }

    @Test("Who gets in by the fallback is no failure; the ticket is passed over, for the user's cohort")
    func fallback() async throws {
        let setup = PathwaySetup([.ticket], fallback: true, store: BrokenStore())
        _ = try await setup.authenticate(Self.ticket, [Self.subprotocol])
        #expect(
            self.entries(setup) == [
                self.entry(.authenticate, .subprotocol, .everyone),
                self.entry(.passOver, .ticket, .everyone, .storeUnavailable),
            ])
    }

    @Test("Whom the fallback does not let in while the store is away fails by the ticket")
    func noFallback() async throws {
        let setup = PathwaySetup([.ticket], store: BrokenStore())
        #expect(await setup.refusal(Self.ticket, [Self.subprotocol])?.reason == .storeUnavailable)
        #expect(
            self.entries(setup) == [
                self.entry(.authenticate, .ticket, .unknown, .storeUnavailable),
                // Off for everyone, so not looked at.
                self.entry(.passOver, .subprotocol, .unknown, .pathwayOff),
            ])
    }

    @Test("A refused ticket keeps its cohort")
    func ticketCohort() async throws {
        let setup = PathwaySetup(flags: [TicketFlags.binding: .value(.string, "origin")])
        let ticket = try await setup.ticket()
        #expect(await setup.refusal("/ws?ticket=\(ticket)", [Self.page]) == .bindingMismatch)
        #expect(self.entries(setup) == [self.entry(.authenticate, .ticket, .everyone, .bindingMismatch)])
    }

    @Test("Whatever is presented and whatever is open: one attempt, and no credential is counted twice")
    func always() async throws {
        let sessions = try PathwaySetup.sessions("carol")
        for presented in 0..<(1 << Pathway.legacy.count) {
            for open: Set<Pathway> in [[], [.ticket], [.cookie, .session], Set(Pathway.allCases)] {
                let setup = PathwaySetup(open, fallback: presented.isMultiple(of: 3), sessions: sessions)
                let parts = Pathway.legacy.enumerated().filter { presented & (1 << $0.offset) != 0 }
                    .map { PathwaySetup.presenting($0.element) }
                let headers = parts.flatMap(\.headers).filter { $0.0 != "Origin" } + [("Origin", PathwaySetup.page)]
                let refusal = await setup.refusal(parts.map(\.uri).first { $0 != "/ws" } ?? "/ws", headers)
                let counted = self.entries(setup)
                let outcomes = counted.filter { $0.operation == .authenticate }
                #expect(outcomes.map(\.count) == [1] && outcomes.first?.refusal == refusal?.reason)
                #expect(Set(counted.map(\.pathway)).count == counted.reduce(0) { $0 + $1.count })
            }
        }
    }
}
