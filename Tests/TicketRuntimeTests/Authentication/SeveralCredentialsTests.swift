import FlagModel
import Testing

@testable import TicketRuntime

@Suite("More than one credential")
struct SeveralCredentialsTests {
    private static let page = (name: "Origin", value: PathwaySetup.page)
    private static let cookie = (name: "Cookie", value: "auth_token=jwt-of-carol")
    private static let header = (name: "Authorization", value: "Bearer jwt-of-carol")
    private static let subprotocol = (name: "Sec-WebSocket-Protocol", value: "jwt.jwt-of-carol")

    @Test("A ticket that is refused is final: nothing else lets anyone in, whatever is open")
    func ticketIsFinal() async throws {
        let setup = PathwaySetup(fallback: true, sessions: try PathwaySetup.sessions("carol"))
        let ticket = try await setup.ticket()
        let headers = [Self.page, Self.cookie, Self.header, Self.subprotocol]
        _ = try await setup.authenticate("/ws?ticket=\(ticket)", headers)
        #expect(await setup.refusal("/ws?ticket=\(ticket)", headers)?.reason == .replayed)
        #expect(await setup.refusal("/ws?ticket=nonsense", headers) == .unknownOrExpired)
        #expect(await setup.refusal("/ws?ticket=a&ticket=b", headers)?.reason == .handshakeMalformed)
        #expect(setup.verifier.questions == 0)
    }

    @Test("A ticket is final also where tickets are off by now: it was issued, or it was not")
    func ticketIsFinalWhenOff() async throws {
        let setup = PathwaySetup([.cookie], fallback: true)
        #expect(await setup.refusal("/ws?ticket=nonsense", [Self.page, Self.cookie]) == .unknownOrExpired)
    }

    @Test("A consumption whose outcome is unknown is final, with the fallback on as well")
    func indeterminate() async throws {
        let setup = PathwaySetup(fallback: true, store: SilentStore())
        let ticket = String(repeating: "A", count: PresentedTicket.length)
        #expect(await setup.refusal("/ws?ticket=\(ticket)", [Self.subprotocol]) == .outcomeIndeterminate)
        #expect(setup.verifier.questions == 0)
    }

    @Test(
        "While the ticket's store is away the subprotocol beside it counts if the fallback is on, and nothing else does"
    )
    func outage() async throws {
        let ticket = "/ws?ticket=\(String(repeating: "A", count: PresentedTicket.length))"
        let open = PathwaySetup([.ticket], fallback: true, store: BrokenStore())
        #expect(try await open.authenticate(ticket, [Self.subprotocol]).pathway == .subprotocol)
        #expect(await open.refusal(ticket, [Self.page, Self.cookie, Self.header])?.reason == .storeUnavailable)

        let everything = PathwaySetup(fallback: false, store: BrokenStore())
        #expect(
            await everything.refusal(ticket, [Self.page, Self.cookie, Self.header, Self.subprotocol])?.closeCode == 4503
        )
        #expect(everything.count(.cookie, granted: true) + everything.count(.subprotocol, granted: true) == 0)
    }

    @Test("A bad credential that the client chose to send is final")
    func explicitIsFinal() async throws {
        let setup = PathwaySetup(sessions: try PathwaySetup.sessions("carol"))
        let bad = (name: "Authorization", value: "Bearer expired")
        #expect(await setup.refusal("/ws", [bad, Self.page, Self.cookie])?.reason == .credentialInvalid)
        #expect(await setup.refusal("/ws?token=expired", [Self.page, Self.cookie])?.reason == .credentialInvalid)
        #expect(
            await setup.refusal("/ws?token=jwt-unverifiable", [Self.page, Self.cookie])
                == .verificationUnavailable(retryAfterSeconds: 7))
        #expect(setup.count(.cookie, granted: true) == 0)
    }

    @Test("A bad credential that the browser sends by itself is passed over")
    func ambientIsPassedOver() async throws {
        let setup = PathwaySetup(sessions: try PathwaySetup.sessions("carol"))
        let cookies = (name: "Cookie", value: "auth_token=expired; session_id=session-of-carol")
        #expect(try await setup.authenticate("/ws", [Self.page, cookies]).pathway == .session)
        #expect(setup.passedOver(.cookie) == 1)
    }

    @Test("A good credential whose pathway is off for its user is passed over, and the next may prove the same user")
    func passedOver() async throws {
        let off = [TicketFlags.toggle(of: .authorizationHeader): FlagDefinition.toggle(false, percentage: 1)]
        let setup = PathwaySetup([.cookie], flags: off)
        #expect(try await setup.authenticate("/ws", [Self.header, Self.page, Self.cookie]).pathway == .cookie)
        #expect(setup.passedOver(.authorizationHeader) == 1)
        let other = (name: "Cookie", value: "auth_token=jwt-of-mallory")
        #expect(await setup.refusal("/ws", [Self.header, Self.page, other]) == .identityConflict)
    }

    @Test("Users whose ids only look alike are different users")
    func lookAlike() async {
        let off = [TicketFlags.toggle(of: .authorizationHeader): FlagDefinition.toggle(false, percentage: 1)]
        let setup = PathwaySetup([.cookie], flags: off)
        let composed = (name: "Authorization", value: "Bearer jwt-of-jos\u{E9}")
        let decomposed = (name: "Cookie", value: "auth_token=jwt-of-jose\u{301}")
        #expect(await setup.refusal("/ws", [composed, Self.page, decomposed]) == .identityConflict)
    }

    @Test("When nobody is proven, that one could not be verified is answered before that another is not good")
    func unverifiable() async {
        let setup = PathwaySetup()
        let cookies = (name: "Cookie", value: "auth_token=jwt-unverifiable; session_id=unknown")
        #expect(
            await setup.refusal("/ws", [Self.page, cookies]) == .verificationUnavailable(retryAfterSeconds: 7))
    }

    @Test("When nothing counts, the answer is of the first credential that proved a user")
    func answer() async throws {
        let off = [TicketFlags.toggle(of: .authorizationHeader): FlagDefinition.toggle(false, percentage: 1)]
        let setup = PathwaySetup([.ticket, .session], flags: off, sessions: BrokenSessionStore())
        let session = (name: "Cookie", value: "session_id=session-of-carol")
        #expect(await setup.refusal("/ws", [Self.header, Self.page, session]) == .pathwayOff(use: .ticket))
        #expect(await setup.refusal("/ws", [Self.page, session])?.closeCode == 4503)
    }
}

/// A store whose answers are lost.
private final class SilentStore: TicketStore {
    let keyPrefix = "silent"

    private static let lost = TicketStoreError(.replyLost, isOutcomeUnknown: true, "the reply was lost")

    func issue(_ record: TicketRecord, under key: TicketKey) async throws(TicketStoreError) { throw Self.lost }
    func consume(
        _ key: TicketKey, by use: SpentTicket, failover: TicketFailover
    ) async throws(TicketStoreError) -> TicketLookup { throw Self.lost }
    func retract(_ key: TicketKey, owner: SubjectDigest) async {}
    func read(_ key: TicketKey, failover: TicketFailover) async throws(TicketStoreError) -> TicketLookup {
        throw Self.lost
    }
    func revoke(
        _ key: TicketKey, owner: SubjectDigest, failover: TicketFailover
    ) async throws(TicketStoreError) -> TicketRevocation { throw Self.lost }
    func revokeAll(of owner: SubjectDigest, failover: TicketFailover) async throws(TicketStoreError) { throw Self.lost }
    func probe() async throws(TicketStoreError) -> String { throw Self.lost }
}
