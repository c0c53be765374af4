internal import FlagAPI
internal import HTTPTypes
internal import TicketRuntime

extension TicketRefusalReason {
    /// The problem that a refusal for this reason is answered with.
    var problemKind: ProblemKind {
        switch self {
        case .ticketsOff: .ticketsOff
        case .subjectIncomplete: .jwtInvalid
        case .replayed: .ticketReplayed
        // Whoever holds such a ticket does the same about it: asks for a new one.
        case .unknownOrExpired, .otherEpoch, .revoked: .ticketUnknownOrExpired
        case .bindingMismatch: .bindingMismatch
        case .originNotAllowed: .originNotAllowed
        case .storeUnavailable: .ticketStoreUnavailable
        case .outcomeIndeterminate: .outcomeIndeterminate
        case .randomUnavailable: .ticketStoreUnavailable
        case .handshakeMalformed: .handshakeMalformed
        case .credentialMissing: .credentialMissing
        case .credentialInvalid: .credentialInvalid
        case .pathwayOff: .pathwayOff
        case .identityConflict: .identityConflict
        case .verificationUnavailable: .verificationUnavailable
        case .notReady: .notReady
        }
    }
}

extension TicketRefusal: ProblemConvertible {
    var refusal: Refusal {
        var refusal = Refusal(self.reason.problemKind, self.description)
        refusal.problem.pathway = self.pathway?.rawValue
        if case .replayed(let use) = self {
            refusal.problem.replayOf = Problem.Replay(at: use.at, by: use.instance)
        }
        if case .subjectIncomplete = self {
            refusal.headers[.wwwAuthenticate] = "Bearer error=\"invalid_token\""
        }
        if let seconds = self.retryAfterSeconds { refusal.retry(afterSeconds: seconds) }
        return refusal
    }
}
