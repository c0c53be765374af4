import FlagAPI
import FlagModel

extension APIClient {
    /// Who is told what happens.
    func webhooks() async throws(Failure) -> WebhookList {
        try await self.send("GET", "/v1/webhooks")
    }

    /// Makes a webhook.
    func createWebhook(_ request: WebhookCreateRequest) async throws(Failure) -> WebhookCreateResult {
        try await self.send("POST", "/v1/webhooks", body: request)
    }

    /// Ends a webhook.
    func deleteWebhook(_ name: String) async throws(Failure) -> WebhookSummary {
        try await self.send("DELETE", "/v1/webhooks/" + Self.escape(name))
    }

    /// Sends a webhook one event now.
    func testWebhook(_ name: String) async throws(Failure) -> WebhookTestResult {
        try await self.send("POST", "/v1/webhooks/" + Self.escape(name) + "/test")
    }

    /// What a webhook was told, newest first.
    func deliveries(of name: String, limit: Int) async throws(Failure) -> WebhookDeliveryList {
        try await self.send(
            "GET", "/v1/webhooks/" + Self.escape(name) + "/deliveries", query: [("limit", String(limit))])
    }
}
