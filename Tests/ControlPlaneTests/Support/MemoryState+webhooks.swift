import ControlPlane
import FlagModel

extension MemoryState {
    mutating func performWebhook(_ write: StorageWrite) {
        switch write {
        case .webhook(let webhook):
            self.webhookTable.removeAll { $0.id == webhook.id }
            self.webhookTable.append(webhook)
        case .deleteWebhook(let id):
            self.webhookTable.removeAll { $0.id == id }
            self.outbox.removeAll { $0.webhook == id }
        case .delivery(let delivery):
            self.outbox.removeAll { $0.id == delivery.id }
            self.outbox.append(delivery)
        case .forgetDeliveries(let webhook, let count):
            let settled = self.outbox.filter { $0.webhook == webhook && $0.state != .waiting }.map(\.id).sorted()
            self.outbox.removeAll { settled.dropLast(count).contains($0.id) }
        default: break
        }
    }

    func webhooks() throws(ControlPlaneError) -> [Webhook] { self.webhookTable.sorted { $0.name < $1.name } }

    func deliveries(of webhook: Int64, limit: Int) throws(ControlPlaneError) -> [WebhookDelivery] {
        Array(self.outbox.filter { $0.webhook == webhook }.sorted { $0.id > $1.id }.prefix(limit))
    }

    func waitingDeliveries(of webhook: Int64, limit: Int) throws(ControlPlaneError) -> [WebhookDelivery] {
        let waiting = self.outbox.filter { $0.webhook == webhook && $0.state == .waiting }
        return Array(waiting.sorted { $0.id < $1.id }.prefix(limit))
    }

    func waitingDeliveryCount(of webhook: Int64) throws(ControlPlaneError) -> Int {
        self.outbox.count { $0.webhook == webhook && $0.state == .waiting }
    }

    func nextDeliveries() throws(ControlPlaneError) -> [WebhookDelivery] {
        var next: [WebhookDelivery] = []
        for webhook in self.webhookTable { next += try self.waitingDeliveries(of: webhook.id, limit: 1) }
        return next
    }

    func lastDeliveryID() throws(ControlPlaneError) -> Int64 { self.outbox.map(\.id).max() ?? 0 }
}
