/// A new access token. The only time that its secret is shown.
public struct TokenCreateResult: Sendable, Codable {
    /// The secret, to be sent as `Authorization: Bearer …`.
    public var token: String
    /// What it is good for.
    public var summary: TokenSummary

    /// Creates the value of its parts.
    public init(token: String, summary: TokenSummary) {
        self.token = token
        self.summary = summary
    }
}
