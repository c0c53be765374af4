import FlagModel
import Synchronization
import Testing

@testable import TicketRuntime

@Suite("Each pathway under its flag")
struct PathwayChainTests {
    @Test("A ticket lets its user in once, and the second use is told apart")
    func ticket() async throws {
        let setup = PathwaySetup([.ticket])
        let ticket = try await setup.ticket()
        let identity = try await setup.authenticate("/ws?ticket=\(ticket)")
        #expect(identity.userID == "carol")
        #expect(identity.email == "carol@example.com")
        #expect(identity.pathway == .ticket)
        #expect(identity.revision == 7)
        #expect(identity.cohort == .everyone)
        #expect(await setup.refusal("/ws?ticket=\(ticket)")?.closeCode == 4408)
        #expect(setup.count(.ticket, granted: true) == 1)
        #expect(setup.count(.ticket, granted: false) == 1)
        #expect(setup.runtime.statistics.consumed == 1)
    }

    @Test(
        "Each other pathway lets its user in when its flag is on, and the grant is counted", arguments: Pathway.legacy)
    func on(pathway: Pathway) async throws {
        let setup = PathwaySetup([pathway], sessions: try PathwaySetup.sessions("carol"))
        let (uri, headers) = PathwaySetup.presenting(pathway)
        let identity = try await setup.authenticate(uri, headers)
        #expect(identity.userID == "carol")
        #expect(identity.pathway == pathway)
        #expect(identity.email == (pathway == .e2eBypass ? nil : "carol@example.com"))
        #expect(identity.cohort == .control)
        #expect(setup.count(pathway, granted: true) == 1)
    }

    @Test(
        "S13: each other pathway is closed when its flag is off, though all the others are on",
        arguments: Pathway.legacy)
    func off(pathway: Pathway) async throws {
        let others = Set(Pathway.allCases).subtracting([pathway])
        let setup = PathwaySetup(others, sessions: try PathwaySetup.sessions("carol"))
        let (uri, headers) = PathwaySetup.presenting(pathway)
        #expect(await setup.refusal(uri, headers) == .pathwayOff(use: nil))
        #expect(setup.count(pathway, granted: false) == 1)
        #expect(setup.verifier.questions == 0)
    }

    @Test("S13: a pathway without what it needs is closed, whatever its flag says", arguments: Pathway.legacy)
    func unequipped(pathway: Pathway) async throws {
        var content = EnvironmentContent.open
        for pathway in Pathway.allCases { content = content.with(TicketFlags.toggle(of: pathway), .toggle(true)) }
        let runtime = TicketRuntime(
            TicketConfiguration(environment: "testing", instance: "a", allowedOrigins: .any), store: MemoryTicketStore()
        )
        runtime.apply(content.snapshot())
        let (uri, headers) = PathwaySetup.presenting(pathway)
        let refusal = await #expect(throws: TicketRefusal.self) {
            try await runtime.authenticate(WebSocketHandshake(uri: uri, headers: headers))
        }
        #expect(refusal == .pathwayOff(use: nil))
    }

    @Test("S11: the status says when the only pathway that is open to everyone cannot be used here")
    func lockOut() async {
        func problems(_ open: Set<Pathway>, fallback: Bool = false, isEquipped: Bool) async -> [FlagKey] {
            var configuration = TicketConfiguration(environment: "testing", instance: "a", allowedOrigins: .any)
            configuration.pathways.verifier = FakeVerifier()
            if isEquipped { configuration.pathways.sessions = MemorySessionStore() }
            let runtime = TicketRuntime(configuration, store: MemoryTicketStore())
            var content = EnvironmentContent.open.with(TicketFlags.fallback, .toggle(fallback))
            for pathway in Pathway.allCases {
                content = content.with(TicketFlags.toggle(of: pathway), .toggle(open.contains(pathway)))
            }
            runtime.apply(content.snapshot())
            return await runtime.status().problems.map(\.flag)
        }
        let session = TicketFlags.toggle(of: .session)
        #expect(await problems([.session], isEquipped: false) == [session])
        #expect(await problems([.session, .authorizationHeader], isEquipped: false) == [session])
        #expect(await problems([.session], isEquipped: true).isEmpty)
        #expect(await problems([.session, .cookie], isEquipped: false).isEmpty)
        #expect(await problems([.session, .ticket], isEquipped: false).isEmpty)
        #expect(await problems([.session], fallback: true, isEquipped: false).isEmpty)
    }

    @Test("S12: the pathways are tried in their documented order, the ticket first")
    func order() async throws {
        #expect(
            Pathway.allCases.map(\.rawValue) == [
                "ticket", "authorization-header", "subprotocol", "query-parameter", "cookie", "session", "e2e-bypass",
            ])
        let setup = PathwaySetup(sessions: try PathwaySetup.sessions("carol"))
        var presented = Pathway.legacy
        while let first = presented.first {
            let all = presented.map { PathwaySetup.presenting($0) }
            let uri = all.map(\.uri).first { $0 != "/ws" } ?? "/ws"
            var headers = all.flatMap(\.headers).filter { $0.0 != "Origin" }
            headers.append(("Origin", PathwaySetup.page))
            #expect(try await setup.authenticate(uri, headers).pathway == first)
            let ticket = try await setup.ticket()
            headers.append(("Sec-WebSocket-Protocol", "ticket.\(ticket)"))
            #expect(try await setup.authenticate(uri, headers).pathway == .ticket)
            presented.removeFirst()
        }
    }

    @Test("A percentage is that of the user whom the credential proves", arguments: Pathway.legacy)
    func percentage(pathway: Pathway) async throws {
        let users = (0..<60).map { "user-\($0)" }
        let sessions = MemorySessionStore()
        for user in users { sessions["session-of-\(user)"] = try ProvenUser(id: user, email: "\(user)@example.com") }
        let flag = TicketFlags.toggle(of: pathway)
        let setup = PathwaySetup([], flags: [flag: .toggle(false, percentage: 50)], sessions: sessions)
        var admitted = 0
        for user in users {
            let (uri, headers) = PathwaySetup.presenting(pathway, of: user)
            let isOn = setup.runtime.policy.isEnabled(pathway, for: EvaluationContext(targetingKey: user))
            #expect(await setup.refusal(uri, headers) == (isOn ? nil : .pathwayOff(use: nil)))
            if isOn { admitted += 1 }
        }
        #expect((1..<60).contains(admitted))
        #expect(setup.count(pathway, granted: true) == admitted)
    }

    @Test("The cohort that is counted is that of the flag of tickets for the user")
    func cohort() async throws {
        let setup = PathwaySetup(
            [.authorizationHeader], flags: [TicketFlags.tickets: .toggle(false, percentage: 50)])
        for number in 0..<40 {
            let identity = try await setup.authenticate("/ws", [("Authorization", "Bearer jwt-of-user-\(number)")])
            let isIn = setup.runtime.policy.isEnabled(.ticket, for: EvaluationContext(targetingKey: "user-\(number)"))
            #expect(identity.cohort == (isIn ? .rollout : .control))
        }
        let counted = setup.runtime.statistics.entries.filter { $0.operation == .authenticate }
        #expect(Set(counted.map(\.cohort)) == [.control, .rollout])
        #expect(counted.reduce(0) { $0 + $1.count } == 40)
    }

    @Test("A user whose pathway is off is told of tickets if they may have them, else of another pathway")
    func alternative() async throws {
        let off = FlagDefinition.toggle(false, percentage: 1)
        let key = TicketFlags.toggle(of: .authorizationHeader)
        let headers = [(name: "Authorization", value: "Bearer jwt-of-carol")]
        #expect(
            await PathwaySetup([.ticket, .cookie], flags: [key: off]).refusal("/ws", headers)
                == .pathwayOff(use: .ticket))
        #expect(await PathwaySetup([.cookie], flags: [key: off]).refusal("/ws", headers) == .pathwayOff(use: .cookie))
        // Tickets need an e-mail address.
        let nameless = [(name: "Authorization", value: "Bearer jwt-of-nameless")]
        #expect(
            await PathwaySetup([.ticket, .cookie], flags: [key: off]).refusal("/ws", nameless)
                == .pathwayOff(use: .cookie))
    }

    @Test("What is switched off while a credential is verified is off")
    func policyOfTheMoment() async throws {
        var configuration = TicketConfiguration(environment: "testing", instance: "a", allowedOrigins: .any)
        let verifier = InterruptedVerifier()
        configuration.pathways.verifier = verifier
        let runtime = TicketRuntime(configuration, store: MemoryTicketStore())
        let key = TicketFlags.toggle(of: .authorizationHeader)
        runtime.apply(EnvironmentContent.open.with(key, .toggle(true)).snapshot(revision: 1))
        verifier.interruption.withLock {
            $0 = { [weak runtime] in runtime?.apply(EnvironmentContent.open.snapshot(revision: 2)) }
        }
        let refusal = await #expect(throws: TicketRefusal.self) {
            try await runtime.authenticate(WebSocketHandshake(uri: "/ws", headers: Self.header))
        }
        #expect(refusal == .pathwayOff(use: .ticket))
    }

    @Test("A user is on the same side of every flag by a ticket's issue as by another credential")
    func sameSide() throws {
        let attributes: [String: JSONValue] = ["plan": "pro"]
        let subject = try TicketSubject(id: "carol", email: "carol@example.com", attributes: attributes)
        let user = try ProvenUser(id: "carol", email: "carol@example.com", attributes: attributes)
        #expect(subject.evaluationContext == user.evaluationContext)
    }

    @Test("Nothing presented is refused as that, and counted")
    func nothing() async {
        let setup = PathwaySetup()
        #expect(await setup.refusal() == .credentialMissing)
        #expect(setup.count(.ticket, granted: false) == 1)
    }

    @Test("What is too long, or names two origins, is not read any further")
    func bounds() async {
        let setup = PathwaySetup()
        let long = String(repeating: "a", count: WebSocketHandshake.maximumURILength)
        let handshakes: [(String, [(name: String, value: String)])] = [
            ("/ws?token=jwt-of-carol&x=\(long)", []),
            ("/ws?token=jwt-of-carol", [("X", String(repeating: "a", count: WebSocketHandshake.maximumHeaderLength))]),
            ("/ws?token=jwt-of-carol", (0...WebSocketHandshake.maximumHeaderCount).map { ("X-\($0)", "") }),
            ("/ws?token=jwt-of-carol", [("Origin", PathwaySetup.page), ("Origin", PathwaySetup.page)]),
        ]
        for (uri, headers) in handshakes {
            #expect(await setup.refusal(uri, headers)?.reason == .handshakeMalformed)
        }
        #expect(setup.verifier.questions == 0)
    }

    @Test("Two credentials for a pathway are refused, and those of a pathway that is off do not matter")
    func duplicates() async throws {
        let twice = "/ws?token=jwt-of-carol&token=jwt-of-carol"
        #expect(await PathwaySetup().refusal(twice)?.reason == .handshakeMalformed)
        let closed = PathwaySetup([.authorizationHeader])
        #expect(
            try await closed.authenticate(twice, Self.header + [("Cookie", "auth_token=a; auth_token=b")]).userID
                == "carol")
    }

    /// A verifier that something happens in.
    private final class InterruptedVerifier: TokenVerifier {
        let interruption = Mutex<@Sendable () -> Void>({})

        func user(ofToken token: String) async throws(TokenRefusal) -> ProvenUser {
            self.interruption.withLock { $0 }()
            return try ProvenUser(id: "carol", email: "carol@example.com")
        }
    }

    private static let header = [(name: "Authorization", value: "Bearer jwt-of-carol")]
}
