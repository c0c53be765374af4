/// Whether a ticket is good, found out without consuming it.
public struct TicketValidation: Sendable, Hashable {
    /// Whether it could be consumed now, from the right place.
    public let isValid: Bool
    /// Why it could not.
    public let reason: TicketRefusalReason?
    /// Whose it is. For its owner and for backends only: see ``shown(to:)``.
    public let identity: TicketIdentity?

    init(_ identity: TicketIdentity) {
        self.isValid = true
        self.reason = nil
        self.identity = identity
    }

    init(_ reason: TicketRefusalReason) {
        self.isValid = false
        self.reason = reason
        self.identity = nil
    }

    private init(redacted other: Self) {
        self.isValid = other.isValid
        self.reason = other.reason
        self.identity = nil
    }

    /// What `viewer` may see: everything for a backend and for the owner; for anyone else whether the ticket is good.
    public func shown(to viewer: TicketViewer) -> TicketValidation {
        switch viewer {
        case .backend: self
        case .user(let id): self.identity?.userID == id ? self : TicketValidation(redacted: self)
        }
    }
}
