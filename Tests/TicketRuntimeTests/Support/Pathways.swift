import FlagModel
import Synchronization
import TestSupport

@testable import TicketRuntime

/// Takes `jwt-of-NAME` for a good JWT of that user, and counts how often it was asked.
final class FakeVerifier: TokenVerifier {
    private let asked = Atomic<Int>(0)

    var questions: Int { self.asked.load(ordering: .relaxed) }

    func user(ofToken token: String) async throws(TokenRefusal) -> ProvenUser {
        self.asked.wrappingAdd(1, ordering: .relaxed)
        if token == "jwt-unverifiable" { throw .unavailable(retryAfterSeconds: 7) }
        guard token.hasPrefix("jwt-of-") else { throw .invalid("it is not a token") }
        let id = String(token.dropFirst("jwt-of-".count))
        return try ProvenUser(
            id: id, email: id.hasPrefix("nameless") ? nil : "\(id)@example.com", permissions: ["chat"])
    }
}

/// A session store that does not answer.
struct BrokenSessionStore: SessionStore {
    func user(ofSession id: String) async throws(TicketStoreError) -> ProvenUser? {
        throw TicketStoreError(.storeUnreachable, "the session store is broken")
    }
}

/// A runtime that knows every pathway, and what a test needs around it.
struct PathwaySetup {
    static let secret = "a secret of the tests"
    static let page = "https://chat.example.com"

    let runtime: TicketRuntime
    let verifier = FakeVerifier()
    let log = CapturedLog()

    /// A runtime in which the `open` pathways are on for everyone, and the rest as `flags` says.
    init(
        _ open: Set<Pathway> = Set(Pathway.allCases), fallback: Bool = false,
        flags: [FlagKey: FlagDefinition] = [:], store: any TicketStore = MemoryTicketStore(),
        sessions: any SessionStore = MemorySessionStore(), origins: OriginAllowList = .only([Self.page]),
        isProtected: @escaping @autoclosure @Sendable () -> Bool = false
    ) {
        var content = EnvironmentContent.open.with(TicketFlags.fallback, .toggle(fallback))
        for pathway in Pathway.allCases {
            content = content.with(TicketFlags.toggle(of: pathway), .toggle(open.contains(pathway)))
        }
        for (key, definition) in flags { content = content.with(key, definition) }
        var configuration = TicketConfiguration(environment: "testing", instance: "a", allowedOrigins: origins)
        configuration.pathways.verifier = self.verifier
        configuration.pathways.sessions = sessions
        configuration.pathways.bypass = BypassSecret(Self.secret).map { secret in
            EndToEndBypass(secret: secret, isProtected: isProtected)
        }
        self.runtime = TicketRuntime(configuration, store: store, logger: self.log.logger)
        self.runtime.apply(content.snapshot(revision: 7))
    }

    /// The user who is let in, and how.
    func authenticate(
        _ uri: String = "/ws", _ headers: [(name: String, value: String)] = []
    ) async throws(TicketRefusal) -> HandshakeIdentity {
        try await self.runtime.authenticate(WebSocketHandshake(uri: uri, headers: headers))
    }

    /// Why nobody is let in; nil: somebody is.
    func refusal(
        _ uri: String = "/ws", _ headers: [(name: String, value: String)] = []
    ) async -> TicketRefusal? {
        do throws(TicketRefusal) {
            _ = try await self.authenticate(uri, headers)
            return nil
        } catch {
            return error
        }
    }

    func ticket(of user: String = "carol") async throws -> String {
        try await self.runtime.issue(for: .user(user)).id
    }

    /// How often a handshake was refused under a pathway, or let somebody in by it.
    func count(_ pathway: Pathway, granted: Bool) -> Int {
        self.runtime.statistics.count {
            $0.operation == .authenticate && $0.pathway == pathway && ($0.refusal == nil) == granted
        }
    }

    /// How often a credential for a pathway was passed over.
    func passedOver(_ pathway: Pathway) -> Int {
        self.runtime.statistics.count { $0.operation == .passOver && $0.pathway == pathway }
    }

    /// A handshake for one pathway other than that of tickets, with a credential of `user`. The session has to exist.
    static func presenting(_ pathway: Pathway, of user: String = "carol") -> (uri: String, headers: [(String, String)])
    {
        let origin = ("Origin", Self.page)
        return switch pathway {
        case .ticket: ("/ws", [])
        case .authorizationHeader: ("/ws", [("Authorization", "Bearer jwt-of-\(user)")])
        case .subprotocol: ("/ws", [origin, ("Sec-WebSocket-Protocol", "chat.v1, jwt.jwt-of-\(user)")])
        case .queryParameter: ("/ws?room=1&token=jwt-of-\(user)", [origin])
        case .cookie: ("/ws", [origin, ("Cookie", "theme=dark; auth_token=jwt-of-\(user)")])
        case .session: ("/ws", [origin, ("Cookie", "session_id=session-of-\(user)")])
        case .e2eBypass: ("/ws", [("X-E2E-Bypass", Self.secret), ("X-E2E-User-ID", user)])
        }
    }

    /// Sessions of these users, with ids as ``presenting(_:of:)`` has them.
    static func sessions(_ users: String...) throws -> MemorySessionStore {
        let sessions = MemorySessionStore()
        for user in users {
            sessions["session-of-\(user)"] = try ProvenUser(id: user, email: "\(user)@example.com")
        }
        return sessions
    }
}

extension Pathway {
    static let legacy = Self.allCases.filter { $0 != .ticket }
}
