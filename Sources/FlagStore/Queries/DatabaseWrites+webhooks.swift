internal import ControlPlane
internal import FlagModel
internal import Foundation
internal import GRDB

extension DatabaseWrites {
    func store(_ webhook: Webhook) throws {
        let grant = webhook.grant
        try self.execute(
            """
            INSERT INTO webhooks (id, name, url, secret, environments, events, created_at, created_by, dropped)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET dropped = excluded.dropped
            """,
            [
                webhook.id, grant.name, grant.url, Data(webhook.secret.bytes),
                grant.environments.map { JSONValue.array($0.map { .string($0.text) }).canonical },
                grant.events.map { JSONValue.array($0.map { .string($0.rawValue) }).canonical },
                webhook.createdAt.millisecondsSinceEpoch, webhook.createdBy, webhook.dropped,
            ])
    }

    func delete(webhook id: Int64) throws {
        try self.execute("DELETE FROM webhook_deliveries WHERE webhook = ?", [id])
        try self.execute("DELETE FROM webhooks WHERE id = ?", [id])
    }

    func store(_ delivery: WebhookDelivery) throws {
        let attempt = delivery.lastAttempt
        try self.execute(
            """
            INSERT INTO webhook_deliveries
                (id, webhook, event_id, event, body, created_at, state, attempts, next_attempt_at, attempted_at, status,
                failure, milliseconds)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET
                state = excluded.state, attempts = excluded.attempts, next_attempt_at = excluded.next_attempt_at,
                attempted_at = excluded.attempted_at, status = excluded.status, failure = excluded.failure,
                milliseconds = excluded.milliseconds
            """,
            [
                delivery.id, delivery.webhook, delivery.eventID, delivery.event, delivery.body,
                delivery.createdAt.millisecondsSinceEpoch, delivery.state.rawValue, delivery.attempts,
                delivery.nextAttemptAt.millisecondsSinceEpoch, attempt?.at.millisecondsSinceEpoch,
                attempt?.status, attempt?.failure, attempt?.milliseconds,
            ])
    }

    func forgetDeliveries(of webhook: Int64, beyond count: Int) throws {
        try self.execute(
            """
            DELETE FROM webhook_deliveries WHERE webhook = ?1 AND state <> 'waiting' AND id NOT IN
                (SELECT id FROM webhook_deliveries WHERE webhook = ?1 AND state <> 'waiting' ORDER BY id DESC LIMIT ?2)
            """, [webhook, count])
    }
}
