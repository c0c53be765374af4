extension TicketRefusal {
    /// The code that a WebSocket is closed with, all that the client is told: whether it is worth coming back.
    ///
    /// | code | the client |
    /// | --- | --- |
    /// | 4401 | asks for a ticket and comes back, once |
    /// | 4403 | stops |
    /// | 4408 | stops: a ticket was used twice, which is a security event |
    /// | 4503 | backs off, asks for a ticket and comes back |
    public var closeCode: Int {
        switch self.reason {
        // Whoever asks for a ticket is told which way is open, also when tickets are off for them.
        case .credentialMissing, .credentialInvalid, .pathwayOff, .ticketsOff, .unknownOrExpired, .otherEpoch, .revoked,
            .bindingMismatch:
            4401
        case .subjectIncomplete, .originNotAllowed, .handshakeMalformed, .identityConflict: 4403
        case .replayed: 4408
        case .storeUnavailable, .outcomeIndeterminate, .randomUnavailable, .verificationUnavailable, .notReady: 4503
        }
    }
}
