public import FlagModel

/// A user, as a credential proves them.
public struct ProvenUser: Sendable, Hashable {
    /// The user's id: 1 to ``TicketSubject/maximumIDLength`` bytes.
    public let id: String
    /// The user's e-mail address, if the credential tells it.
    public let email: String?
    /// What the user may do.
    public let permissions: [String]
    /// What else targeting rules may look at.
    public let attributes: [String: JSONValue]
    /// When the credential ends; nil: it does not say.
    public let expiresAt: Timestamp?

    /// A user.
    ///
    /// - Throws: ``TokenRefusal/invalid(_:)`` when the id is empty or too long.
    public init(
        id: String, email: String? = nil, permissions: [String] = [], attributes: [String: JSONValue] = [:],
        expiresAt: Timestamp? = nil
    ) throws(TokenRefusal) {
        guard (1...TicketSubject.maximumIDLength).contains(id.utf8.count) else {
            throw .invalid("the credential names no user id of 1 to \(TicketSubject.maximumIDLength) bytes")
        }
        self.id = id
        self.email = email
        self.permissions = permissions
        self.attributes = attributes
        self.expiresAt = expiresAt
    }

    /// What flags are evaluated with: the same as for a ticket of this user, so that both sides of the rollout agree.
    var evaluationContext: EvaluationContext {
        var attributes = self.attributes
        if let email = self.email { attributes["email"] = .string(email) }
        return EvaluationContext(targetingKey: self.id, attributes: attributes)
    }

    /// Whether tickets can be issued to the user, if the policy gives them any: they need an e-mail address.
    var canHaveTickets: Bool {
        (try? TicketSubject(
            id: self.id, email: self.email, permissions: self.permissions, attributes: self.attributes)) != nil
    }
}
