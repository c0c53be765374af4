internal import FlagModel

/// Makes a webhook, or ends one.
struct WebhookDecision {
    var author: Author
    var at: Timestamp

    func create(
        _ grant: WebhookGrant, _ secret: WebhookSecret, on state: any StoredState
    ) throws(ControlPlaneError) -> Decision<Webhook> {
        guard grant.issues.isEmpty else { throw .invalidWebhook(grant.issues) }
        for environment in grant.environments ?? [] { _ = try state.existingHead(of: environment) }
        let webhooks = try state.webhooks()
        guard !webhooks.contains(where: { $0.name == grant.name }) else { throw .webhookNameTaken(grant.name) }
        guard webhooks.count < Webhook.mostWebhooks else {
            throw .invalidWebhook([
                Issue(path: "", message: "there are \(Webhook.mostWebhooks) webhooks already; delete one first")
            ])
        }
        let webhook = Webhook(
            id: (webhooks.map(\.id).max() ?? 0) + 1, grant: grant, secret: secret, createdAt: self.at,
            createdBy: self.author.name)
        return Decision(webhook, writes: [.webhook(webhook), .audit(self.audit("webhooks.create", webhook))])
    }

    func delete(named name: String, on state: any StoredState) throws(ControlPlaneError) -> Decision<Webhook> {
        let webhook = try state.existingWebhook(named: name)
        return Decision(webhook, writes: [.deleteWebhook(webhook.id), .audit(self.audit("webhooks.delete", webhook))])
    }

    private func audit(_ action: String, _ webhook: Webhook) -> AuditDraft {
        let grant = webhook.grant
        return AuditDraft(
            at: self.at, actor: self.author.name, action: action, environment: nil, revision: nil, reason: "",
            detail: [
                "name": .string(grant.name), "origin": .string(grant.origin),
                "environments": grant.environments.map { .array($0.map { .string($0.text) }) } ?? .null,
                "events": grant.events.map { .array($0.map { .string($0.rawValue) }) } ?? .null,
            ])
    }
}
