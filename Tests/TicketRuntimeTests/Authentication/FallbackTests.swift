import FlagModel
import TestSupport
import Testing

@testable import TicketRuntime

@Suite("The fallback")
struct FallbackTests {
    private func headers(_ user: String = "carol") -> [(name: String, value: String)] {
        [("Sec-WebSocket-Protocol", "chat.v1, jwt.jwt-of-\(user)")]
    }

    @Test("Users outside the rollout of tickets get in by the subprotocol though its flag is off")
    func outsideTheRollout() async throws {
        let setup = PathwaySetup([], fallback: true, flags: [TicketFlags.tickets: .toggle(false, percentage: 50)])
        var refused = 0
        for number in 0..<40 {
            let user = "user-\(number)"
            let isIn = setup.runtime.policy.isEnabled(.ticket, for: EvaluationContext(targetingKey: user))
            #expect(await setup.refusal("/ws", self.headers(user)) == (isIn ? .pathwayOff(use: .ticket) : nil))
            if isIn { refused += 1 }
        }
        #expect((1..<40).contains(refused))
    }

    @Test(
        "Users of tickets get in by the subprotocol while the store of tickets is away, also before anyone has noticed")
    func storeAway() async throws {
        let away = PathwaySetup([.ticket], fallback: true, store: BrokenStore())
        #expect(try await away.authenticate("/ws", self.headers()).pathway == .subprotocol)
        #expect(away.log.text.contains("tickets fail"))
        let well = PathwaySetup([.ticket], fallback: true)
        #expect(await well.refusal("/ws", self.headers()) == .pathwayOff(use: .ticket))
    }

    @Test("A store that answers probes and fails at everything else is away for whoever was just refused a ticket")
    func storeThatOnlyAnswersProbes() async throws {
        let setup = PathwaySetup([.ticket], fallback: true, store: BrokenStore(answersProbes: true))
        #expect(await setup.refusal("/ws", self.headers()) == .pathwayOff(use: .ticket))
        let refusal = await #expect(throws: TicketRefusal.self) { try await setup.runtime.issue(for: .user("carol")) }
        #expect(refusal?.pathway == .subprotocol)
        #expect(try await setup.authenticate("/ws", self.headers()).pathway == .subprotocol)
    }

    @Test("Users to whom no ticket can be issued are users whom tickets do not serve")
    func withoutAddress() async throws {
        let setup = PathwaySetup([.ticket], fallback: true)
        #expect(try await setup.authenticate("/ws", self.headers("nameless")).userID == "nameless")
    }

    @Test("Whatever a refused issue names as the way instead is open to that user", arguments: [true, false])
    func namedPathwayIsOpen(isStoreAway: Bool) async throws {
        for open in Pathway.legacy.filter({ $0 != .e2eBypass }) {
            for fallback in [true, false] {
                let setup = PathwaySetup(
                    isStoreAway ? [.ticket, open] : [open], fallback: fallback,
                    store: isStoreAway ? BrokenStore() : MemoryTicketStore(),
                    sessions: try PathwaySetup.sessions("carol"))
                let refusal = await #expect(throws: TicketRefusal.self) {
                    try await setup.runtime.issue(for: .user("carol"))
                }
                guard let named = refusal?.pathway else { continue }
                let (uri, headers) = PathwaySetup.presenting(named)
                #expect(try await setup.authenticate(uri, headers).pathway == named)
            }
        }
    }

    @Test("Without the fallback the store's being away opens nothing")
    func off() async {
        let setup = PathwaySetup([.ticket], fallback: false, store: BrokenStore())
        #expect(await setup.refusal("/ws", self.headers()) == .pathwayOff(use: nil))
    }

    @Test(
        "The fallback opens the subprotocol and nothing else", arguments: Pathway.legacy.filter { $0 != .subprotocol })
    func onlySubprotocol(pathway: Pathway) async throws {
        let setup = PathwaySetup([], fallback: true, sessions: try PathwaySetup.sessions("carol"))
        let (uri, headers) = PathwaySetup.presenting(pathway)
        #expect(await setup.refusal(uri, headers) == .pathwayOff(use: nil))
    }
}
