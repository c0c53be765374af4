/// `POST /v1/environments/{environment}/flags/{flag}/kill`: the safe variant for everyone, at once.
public struct KillRequest: Sendable, Hashable, Codable {
    /// Why: 1 to 500 characters.
    public var reason: String
    /// Only says what would happen.
    public var dryRun: Bool?
    /// Also works out who would get another answer; absent: no.
    public var preview: PreviewRequest?

    /// Creates the value of its parts.
    public init(reason: String, dryRun: Bool? = nil, preview: PreviewRequest? = nil) {
        self.reason = reason
        self.dryRun = dryRun
        self.preview = preview
    }
}
