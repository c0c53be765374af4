internal import FlagModel

/// Puts notices on their way, in the transaction of what they tell: whatever happens to the server, what is in force is
/// told, and what is not in force is not.
struct WebhookOutbox {
    var notices: [Notice]

    /// The deliveries to write, and what has to go to make room for them.
    func writes(on state: any StoredState) throws(ControlPlaneError) -> [StorageWrite] {
        guard !self.notices.isEmpty else { return [] }
        let webhooks = try state.webhooks()
        guard !webhooks.isEmpty else { return [] }
        var number = try state.lastDeliveryID()
        var deliveries: [WebhookDelivery] = []
        for notice in self.notices {
            // The moment makes it one of its own even if the numbers begin anew, as after a restored backup.
            let id = "evt_\(notice.at.millisecondsSinceEpoch)_\(number + 1)"
            for webhook in webhooks where webhook.wants(notice) {
                number += 1
                deliveries.append(
                    WebhookDelivery(
                        id: number, webhook: webhook.id, eventID: id, event: notice.event.rawValue,
                        body: notice.body(id: id), createdAt: notice.at))
            }
        }
        var writes: [StorageWrite] = []
        for webhook in webhooks {
            let new = deliveries.count { $0.webhook == webhook.id }
            let excess = try state.waitingDeliveryCount(of: webhook.id) + new - Webhook.mostWaiting
            guard new > 0, excess > 0 else { continue }
            var webhook = webhook
            for var delivery in try state.waitingDeliveries(of: webhook.id, limit: excess) {
                delivery.state = .dropped
                webhook.dropped += 1
                writes.append(.delivery(delivery))
            }
            writes += [.webhook(webhook), .forgetDeliveries(of: webhook.id, beyond: Webhook.mostRemembered)]
        }
        return writes + deliveries.map { .delivery($0) }
    }
}
