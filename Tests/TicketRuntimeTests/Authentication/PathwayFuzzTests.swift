import FlagModel
import TestSupport
import Testing

@testable import TicketRuntime

/// Random handshakes under random policies: what nobody thought of keeps the laws as well.
@Suite("Laws of authentication")
struct PathwayFuzzTests {
    private static let users = ["carol", "dave", "nameless-1"]
    private static let origins = [PathwaySetup.page, PathwaySetup.page, "https://evil.example.com", "null", ""]

    /// A handshake of random parts, good ones and bad ones, in random places.
    private func handshake(_ tickets: [String], _ random: inout FixedGenerator) -> WebSocketHandshake {
        func token(_ random: inout FixedGenerator) -> String {
            let user = Self.users.randomElement(using: &random) ?? ""
            return ["jwt-of-\(user)", "jwt-of-\(user)", "expired", "", "jwt-unverifiable"].randomElement(using: &random)
                ?? ""
        }
        var parameters: [String] = []
        var headers: [(name: String, value: String)] = []
        for _ in 0..<Int.random(in: 0...4, using: &random) {
            let user = Self.users.randomElement(using: &random) ?? ""
            switch Int.random(in: 0...9, using: &random) {
            case 0:
                let name = HandshakeCredentials.queryParameters.keys.sorted().randomElement(using: &random) ?? ""
                parameters.append("\(name)=\(token(&random))")
            case 1: parameters.append("ticket=\((tickets + ["", "nonsense"]).randomElement(using: &random) ?? "")")
            case 2: headers.append(("Authorization", "Bearer \(token(&random))"))
            case 3:
                let prefix = HandshakeCredentials.subprotocolPrefixes.randomElement(using: &random)?.prefix ?? ""
                headers.append(("Sec-WebSocket-Protocol", "chat, \(prefix)\(token(&random))"))
            case 4: headers.append(("Cookie", "auth_token=\(token(&random))"))
            case 5: headers.append(("Cookie", "x=y; session_id=session-of-\(user)"))
            case 6: headers.append(("X-E2E-Bypass", Bool.random(using: &random) ? PathwaySetup.secret : "true"))
            case 7: headers.append(("X-E2E-User-ID", user))
            case 8: headers.append(("Origin", Self.origins.randomElement(using: &random) ?? ""))
            default:
                let noise = (0..<8).map { _ in UInt8.random(in: 0...255, using: &random) }
                let text = String(decoding: noise, as: UTF8.self)
                if Bool.random(using: &random) { parameters.append(text) } else { headers.append(("Cookie", text)) }
            }
        }
        return WebSocketHandshake(uri: "/ws?" + parameters.joined(separator: "&"), headers: headers)
    }

    private func setup(_ random: inout FixedGenerator) throws -> PathwaySetup {
        var flags: [FlagKey: FlagDefinition] = [:]
        for pathway in Pathway.allCases {
            flags[TicketFlags.toggle(of: pathway)] = [
                .toggle(true), .toggle(false), .toggle(false, percentage: 50),
            ].randomElement(using: &random)
        }
        let isProtected = Bool.random(using: &random)
        return PathwaySetup(
            fallback: Bool.random(using: &random), flags: flags,
            store: Bool.random(using: &random) ? MemoryTicketStore() : BrokenStore(),
            sessions: try PathwaySetup.sessions("carol", "dave"), isProtected: isProtected)
    }

    @Test("Whoever is let in has proven to be that user, by a pathway that is open to them", arguments: 0..<20)
    func grants(seed: UInt64) async throws {
        var random = FixedGenerator(seed: seed)
        var grants = 0
        for _ in 0..<40 {
            let setup = try self.setup(&random)
            var tickets: [String] = []
            for user in ["carol", "dave"] {
                if let ticket = try? await setup.ticket(of: user) { tickets.append(ticket) }
            }
            for _ in 0..<10 {
                let handshake = self.handshake(tickets, &random)
                guard let identity = try? await setup.runtime.authenticate(handshake) else { continue }
                grants += 1
                let credentials = HandshakeCredentials(of: handshake, setup.runtime.configuration.pathways)
                let credential = try credentials.credential(for: identity.pathway)
                self.expectProof(of: identity, credential, credentials)
                #expect(setup.runtime.configuration.allowedOrigins.allows(handshake.origin))
                if identity.pathway.isAmbient { #expect(handshake.origin == PathwaySetup.page) }
                self.expectOpen(to: identity, in: setup, credentials)
            }
        }
        #expect(grants > 0)
    }

    private func expectProof(of identity: HandshakeIdentity, _ credential: String, _ credentials: HandshakeCredentials)
    {
        switch identity.pathway {
        case .ticket: #expect(PresentedTicket(credential) != nil)
        case .authorizationHeader, .subprotocol, .queryParameter, .cookie:
            #expect(credential == "jwt-of-\(identity.userID)")
        case .session: #expect(credential == "session-of-\(identity.userID)")
        case .e2eBypass:
            #expect(credential == PathwaySetup.secret)
            #expect(credentials.bypassUserID == identity.userID)
        }
    }

    private func expectOpen(
        to identity: HandshakeIdentity, in setup: PathwaySetup, _ credentials: HandshakeCredentials
    ) {
        let policy = setup.runtime.policy
        var context = EvaluationContext(targetingKey: identity.userID)
        if let email = identity.email { context.attributes["email"] = .string(email) }
        guard !policy.isEnabled(identity.pathway, for: context) else {
            #expect(identity.pathway == .ticket || !credentials.pathways.contains(.ticket) || setup.isStoreBroken)
            return
        }
        #expect(identity.pathway == .subprotocol)
        #expect(policy.hasFallback(for: context))
        #expect(setup.isStoreBroken || identity.email == nil || !policy.isEnabled(.ticket, for: context))
    }

    @Test("With every flag off nobody is let in, whatever they present", arguments: 0..<10)
    func closed(seed: UInt64) async throws {
        var random = FixedGenerator(seed: seed)
        let setup = PathwaySetup([], sessions: try PathwaySetup.sessions("carol", "dave"))
        for _ in 0..<500 {
            let handshake = self.handshake(["", String(repeating: "A", count: 43)], &random)
            #expect((try? await setup.runtime.authenticate(handshake)) == nil)
        }
        #expect(setup.verifier.questions == 0)
    }

    @Test("Each handshake counts at most one grant, and each refused one counts at least one refusal")
    func counts() async throws {
        var random = FixedGenerator(seed: 99)
        for _ in 0..<40 {
            let setup = try self.setup(&random)
            var granted = 0
            var refused = 0
            for _ in 0..<25 {
                let handshake = self.handshake([], &random)
                if (try? await setup.runtime.authenticate(handshake)) != nil { granted += 1 } else { refused += 1 }
            }
            let attempts = setup.runtime.statistics.entries.filter { $0.operation == .authenticate }
            #expect(attempts.filter { $0.refusal == nil }.reduce(0) { $0 + $1.count } == granted)
            #expect(attempts.filter { $0.refusal != nil }.reduce(0) { $0 + $1.count } >= refused)
        }
    }

    @Test("Nothing that is presented is logged, and no refusal quotes it", arguments: 0..<5)
    func secrecy(seed: UInt64) async throws {
        var random = FixedGenerator(seed: seed)
        for _ in 0..<20 {
            let setup = try self.setup(&random)
            var texts: [String] = []
            for _ in 0..<20 {
                let handshake = self.handshake(["ticket-of-carol"], &random)
                do throws(TicketRefusal) {
                    _ = try await setup.runtime.authenticate(handshake)
                } catch {
                    texts.append("\(error) \(String(reflecting: error))")
                }
            }
            texts.append(setup.log.text)
            for secret in ["jwt-of", "session-of", "ticket-of", PathwaySetup.secret, "carol", "nonsense"] {
                #expect(!texts.contains { $0.contains(secret) }, "\(secret)")
            }
        }
    }
}

extension PathwaySetup {
    fileprivate var isStoreBroken: Bool { self.runtime.store is BrokenStore }
}
