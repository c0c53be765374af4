/// A new webhook. The only time that a secret is shown which the server made.
public struct WebhookCreateResult: Sendable, Codable {
    /// What its deliveries are signed with; absent: the caller gave it.
    public var secret: String?
    /// The webhook.
    public var summary: WebhookSummary

    /// Creates the value of its parts.
    public init(secret: String?, summary: WebhookSummary) {
        self.secret = secret
        self.summary = summary
    }
}
