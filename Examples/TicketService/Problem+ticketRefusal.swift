import FlagAPI
import TicketRuntime

extension Problem {
    /// The problem that FlagServer answers with, so that clients need not know which of the two they talk to.
    init(_ refusal: TicketRefusal) {
        let (type, status, title) = Self.kind(of: refusal.reason)
        self.init(type: type, title: title, status: status, detail: refusal.description)
        self.pathway = refusal.pathway?.rawValue
        self.retryAfter = refusal.retryAfterSeconds
        if case .replayed(let use) = refusal { self.replayOf = Replay(at: use.at, by: use.instance) }
    }

    private static func kind(of reason: TicketRefusalReason) -> (type: String, status: Int, title: String) {
        switch reason {
        case .subjectIncomplete: ("user-unknown", 401, "The gateway does not say who the user is")
        case .ticketsOff: ("tickets-off", 403, "No tickets for this user")
        case .bindingMismatch: ("binding-mismatch", 403, "The ticket is bound to another client")
        case .originNotAllowed: ("origin-not-allowed", 403, "The origin may not use tickets")
        case .replayed: ("ticket-replayed", 409, "The ticket was used before")
        // Whoever holds such a ticket does the same about it: asks for a new one.
        case .unknownOrExpired, .otherEpoch, .revoked:
            ("ticket-unknown-or-expired", 410, "The ticket is unknown, expired or revoked")
        case .storeUnavailable, .randomUnavailable: ("ticket-store-unavailable", 503, "Tickets are unavailable")
        case .outcomeIndeterminate: ("outcome-indeterminate", 503, "The outcome cannot be known")
        case .handshakeMalformed: ("handshake-malformed", 422, "The handshake cannot be understood")
        case .credentialMissing: ("credential-missing", 403, "The handshake holds no credential")
        case .credentialInvalid: ("credential-invalid", 403, "The credential proves nobody")
        case .pathwayOff: ("pathway-off", 403, "The pathway is off")
        case .identityConflict: ("identity-conflict", 403, "The credentials prove different users")
        case .verificationUnavailable: ("verification-unavailable", 503, "The credential cannot be verified at present")
        case .notReady: ("not-ready", 503, "The server is not ready")
        }
    }
}
