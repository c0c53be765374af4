/// A webhook, and how far behind it is.
public struct WebhookStanding: Sendable, Hashable {
    /// The webhook.
    public let webhook: Webhook
    /// How many events wait for it.
    public let waiting: Int

    /// A standing.
    public init(webhook: Webhook, waiting: Int) {
        self.webhook = webhook
        self.waiting = waiting
    }
}
