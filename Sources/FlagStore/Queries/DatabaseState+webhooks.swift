internal import ControlPlane
internal import FlagModel
internal import Foundation
internal import GRDB

extension DatabaseState {
    func webhooks() throws(ControlPlaneError) -> [Webhook] {
        try self.query { try self.rows("SELECT * FROM webhooks ORDER BY name").map(self.webhook(of:)) }
    }

    func deliveries(of webhook: Int64, limit: Int) throws(ControlPlaneError) -> [WebhookDelivery] {
        try self.query {
            try self.rows(
                "SELECT * FROM webhook_deliveries WHERE webhook = ? ORDER BY id DESC LIMIT ?", [webhook, limit]
            ).map(self.delivery(of:))
        }
    }

    func waitingDeliveries(of webhook: Int64, limit: Int) throws(ControlPlaneError) -> [WebhookDelivery] {
        try self.query {
            try self.rows(
                "SELECT * FROM webhook_deliveries WHERE webhook = ? AND state = 'waiting' ORDER BY id LIMIT ?",
                [webhook, limit]
            ).map(self.delivery(of:))
        }
    }

    func waitingDeliveryCount(of webhook: Int64) throws(ControlPlaneError) -> Int {
        try self.query {
            try self.rows(
                "SELECT count(*) AS count FROM webhook_deliveries WHERE webhook = ? AND state = 'waiting'", [webhook]
            ).first?["count"] ?? 0
        }
    }

    func nextDeliveries() throws(ControlPlaneError) -> [WebhookDelivery] {
        try self.query {
            try self.rows(
                """
                SELECT * FROM webhook_deliveries WHERE id IN
                    (SELECT min(id) FROM webhook_deliveries WHERE state = 'waiting' GROUP BY webhook)
                ORDER BY id
                """
            ).map(self.delivery(of:))
        }
    }

    func lastDeliveryID() throws(ControlPlaneError) -> Int64 {
        try self.query { try self.rows("SELECT coalesce(max(id), 0) AS id FROM webhook_deliveries").first?["id"] ?? 0 }
    }

    private func webhook(of row: Row) throws -> Webhook {
        let id: Int64 = row["id"]
        let place = "webhook \(id)"
        let bytes: Data = row["secret"]
        guard let secret = WebhookSecret(Array(bytes)) else { throw self.corrupt(place, "its secret is of no use") }
        let environments: String? = row["environments"]
        let events: String? = row["events"]
        return Webhook(
            id: id,
            grant: WebhookGrant(
                name: row["name"], url: row["url"],
                environments: try environments.map { try self.texts($0, place).map { EnvironmentName(unchecked: $0) } },
                events: try events.map { try self.texts($0, place).compactMap { WebhookEvent(rawValue: $0) } }),
            secret: secret, createdAt: Timestamp(column: row["created_at"]), createdBy: row["created_by"],
            dropped: row["dropped"])
    }

    private func texts(_ array: String, _ place: String) throws -> [String] {
        try self.json(array, place).arrayValue?.compactMap(\.stringValue) ?? []
    }

    private func delivery(of row: Row) throws -> WebhookDelivery {
        let id: Int64 = row["id"]
        guard let state = WebhookDelivery.State(rawValue: row["state"]) else {
            throw self.corrupt("delivery \(id)", "its state is none that it can be in")
        }
        var delivery = WebhookDelivery(
            id: id, webhook: row["webhook"], eventID: row["event_id"], event: row["event"], body: row["body"],
            createdAt: Timestamp(column: row["created_at"]))
        delivery.state = state
        delivery.attempts = row["attempts"]
        delivery.nextAttemptAt = Timestamp(column: row["next_attempt_at"])
        if let attemptedAt = row["attempted_at"] as Int64? {
            delivery.lastAttempt = WebhookAttempt(
                at: Timestamp(column: attemptedAt), status: row["status"], failure: row["failure"],
                milliseconds: row["milliseconds"])
        }
        return delivery
    }
}
