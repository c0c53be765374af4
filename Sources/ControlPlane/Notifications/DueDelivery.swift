/// The event that a webhook is to be told next.
public struct DueDelivery: Sendable, Hashable {
    /// The webhook.
    public let webhook: Webhook
    /// The event.
    public let delivery: WebhookDelivery
}
