/// `GET /v1/webhooks/{name}/deliveries`: what a webhook was and is told, newest first.
public struct WebhookDeliveryList: Sendable, Hashable, Codable {
    /// The deliveries.
    public var deliveries: [WebhookDeliveryDetail]

    /// Creates the value of its parts.
    public init(deliveries: [WebhookDeliveryDetail]) {
        self.deliveries = deliveries
    }
}
