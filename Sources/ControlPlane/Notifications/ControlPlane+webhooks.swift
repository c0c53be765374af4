internal import FlagModel

extension ControlPlane {
    /// The webhooks, by name, and how far behind each is.
    ///
    /// - Throws: ``ControlPlaneError/storage(_:)``.
    public func webhookStandings() async throws(ControlPlaneError) -> [WebhookStanding] {
        try await self.storage.read { state throws(ControlPlaneError) in
            var standings: [WebhookStanding] = []
            for webhook in try state.webhooks() {
                let waiting = try state.waitingDeliveryCount(of: webhook.id)
                standings.append(WebhookStanding(webhook: webhook, waiting: waiting))
            }
            return standings
        }
    }

    /// A webhook.
    ///
    /// - Throws: ``ControlPlaneError/unknownWebhook(_:suggestion:)``, ``ControlPlaneError/storage(_:)``.
    public func webhook(named name: String) async throws(ControlPlaneError) -> Webhook {
        try await self.storage.read { state throws(ControlPlaneError) in try state.existingWebhook(named: name) }
    }

    /// Makes a webhook: from now on it is told what happens.
    ///
    /// - Throws: ``ControlPlaneError``, among others ``ControlPlaneError/invalidWebhook(_:)``.
    public func createWebhook(
        _ grant: WebhookGrant, secret: WebhookSecret, by author: Author
    ) async throws(ControlPlaneError) -> Webhook {
        let now = self.now
        return try await self.storage.transact(urgency: .normal) { state throws(ControlPlaneError) in
            try WebhookDecision(author: author, at: now()).create(grant, secret, on: state)
        }
    }

    /// Ends a webhook; what it was not told yet it is never told, and its secret is gone.
    ///
    /// - Throws: ``ControlPlaneError``.
    @discardableResult
    public func deleteWebhook(named name: String, by author: Author) async throws(ControlPlaneError) -> Webhook {
        let now = self.now
        return try await self.storage.transact(urgency: .normal) { state throws(ControlPlaneError) in
            try WebhookDecision(author: author, at: now()).delete(named: name, on: state)
        }
    }

    /// What a webhook was told, and is to be told, newest first.
    ///
    /// - Parameter limit: How many at most; 1 to 1000, others are clamped.
    /// - Throws: ``ControlPlaneError``.
    public func deliveries(of name: String, limit: Int = 50) async throws(ControlPlaneError) -> [WebhookDelivery] {
        try await self.storage.read { state throws(ControlPlaneError) in
            try state.deliveries(of: try state.existingWebhook(named: name).id, limit: min(max(limit, 1), 1000))
        }
    }

    /// What each webhook is to be told next. One that cannot be reached is told its events in their order all the same,
    /// and holds up no other.
    ///
    /// - Returns: Those for which it is time.
    /// - Throws: ``ControlPlaneError/storage(_:)``.
    public func dueDeliveries() async throws(ControlPlaneError) -> [DueDelivery] {
        let now = self.now()
        return try await self.storage.read { state throws(ControlPlaneError) in
            let next = try state.nextDeliveries().filter { $0.nextAttemptAt <= now }
            guard !next.isEmpty else { return [] }
            let webhooks = Dictionary(try state.webhooks().map { ($0.id, $0) }) { _, last in last }
            return next.compactMap { delivery in
                webhooks[delivery.webhook].map { DueDelivery(webhook: $0, delivery: delivery) }
            }
        }
    }

    /// Takes note of an attempt. Until this has returned, the same event is due again: it may be told twice, with one id.
    ///
    /// - Parameter jitter: Drawn evenly from 0 to 1.
    /// - Returns: The delivery afterwards; nil: it was dropped, or its webhook deleted, meanwhile.
    /// - Throws: ``ControlPlaneError/storage(_:)``.
    @discardableResult
    public func record(
        _ attempt: WebhookAttempt, of due: DueDelivery, jitter: Double
    ) async throws(ControlPlaneError) -> WebhookDelivery? {
        try await self.storage.transact(urgency: .normal) { state throws(ControlPlaneError) in
            let webhook = due.webhook.id
            guard let delivery = try state.waitingDeliveries(of: webhook, limit: 1).first,
                delivery.eventID == due.delivery.eventID
            else { return Decision(nil) }
            let after = delivery.after(attempt, jitter: jitter)
            var writes = [StorageWrite.delivery(after)]
            if after.state != .waiting {
                writes.append(.forgetDeliveries(of: webhook, beyond: Webhook.mostRemembered))
            }
            return Decision(after, writes: writes)
        }
    }

    /// An event that only tries whether a webhook can be reached: its id and what is to be sent. Nothing is stored.
    public func testEvent(for webhook: Webhook) -> (id: String, body: String) {
        let now = self.now()
        let id = "evt_\(now.millisecondsSinceEpoch)_test"
        let data: JSONValue = ["webhook": .string(webhook.name), "message": "this event only tries the way"]
        return (id, Notice.body(id: id, type: "test", at: now, environment: nil, data: data))
    }
}
