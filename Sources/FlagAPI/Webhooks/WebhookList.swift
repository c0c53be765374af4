/// `GET /v1/webhooks`: the webhooks, by name.
public struct WebhookList: Sendable, Hashable, Codable {
    /// The webhooks.
    public var webhooks: [WebhookSummary]

    /// Creates the value of its parts.
    public init(webhooks: [WebhookSummary]) {
        self.webhooks = webhooks
    }
}
