internal import ControlPlane
internal import FlagAPI

// Webhooks in the words of the wire. Secrets have none.

extension WebhookSummary {
    init(_ standing: WebhookStanding) {
        let webhook = standing.webhook
        self.init(
            name: webhook.name, url: webhook.grant.url, environments: webhook.grant.environments,
            events: webhook.grant.events?.map(\.rawValue), createdAt: webhook.createdAt,
            createdBy: webhook.createdBy, waiting: standing.waiting, dropped: webhook.dropped)
    }
}

extension WebhookTestResult {
    init(_ id: String, _ attempt: WebhookAttempt) {
        self.init(
            id: id, delivered: attempt.isDelivered, status: attempt.status, failure: attempt.failure,
            milliseconds: attempt.milliseconds)
    }
}

extension WebhookDeliveryDetail {
    init(_ delivery: WebhookDelivery) {
        let attempt = delivery.lastAttempt
        self.init(
            id: delivery.eventID, event: delivery.event, state: delivery.state.rawValue,
            createdAt: delivery.createdAt, attempts: delivery.attempts,
            nextAttemptAt: delivery.state == .waiting ? delivery.nextAttemptAt : nil, attemptedAt: attempt?.at,
            status: attempt?.status, failure: attempt?.failure, milliseconds: attempt?.milliseconds)
    }
}
