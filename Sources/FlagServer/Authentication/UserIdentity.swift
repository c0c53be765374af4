internal import FlagModel

/// Who a verified JWT says the user is.
struct UserIdentity: Sendable, Hashable {
    /// The user's id: the claim `sub`, or `user_id` where the issuer writes only that. Never empty.
    var subject: String
    /// The user's address, if the token tells it.
    var email: String?
    /// What the user may do, each once, in the token's order. Empty when the token says nothing.
    var permissions: [String]
    /// When the token ends, without leeway.
    var expiresAt: Timestamp
    /// Other claims that targeting rules may read. ``isAttribute(_:_:)`` says which.
    var attributes: [String: JSONValue]
}
