/// `GET /v1/tokens`: the access tokens.
public struct TokenList: Sendable, Hashable, Codable {
    /// The tokens, by name.
    public var tokens: [TokenSummary]

    /// Creates the value of its parts.
    public init(tokens: [TokenSummary]) {
        self.tokens = tokens
    }
}
