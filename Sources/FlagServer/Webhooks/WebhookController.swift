internal import ControlPlane
internal import FlagAPI
internal import FlagModel
internal import Hummingbird

/// Answers and changes who is told what happens.
struct WebhookController: Sendable {
    let plane: ControlPlane
    let sender: WebhookSender
    let limits: RequestLimits

    func addRoutes(to routes: inout RouteBuilder) {
        routes.on(Routes.webhooks, self.list)
        routes.on(Routes.createWebhook, self.create)
        routes.on(Routes.deleteWebhook, self.delete)
        routes.on(Routes.testWebhook, self.test)
        routes.on(Routes.webhookDeliveries, self.deliveries)
    }

    private func list(_ request: Request, _ context: AppRequestContext, _ grant: Grant) async throws -> Response {
        let standings = try await self.plane.webhookStandings()
        return try Response(json: WebhookList(webhooks: standings.map { WebhookSummary($0) }))
    }

    private func create(_ request: Request, _ context: AppRequestContext, _ grant: Grant) async throws -> Response {
        let body = try await request.decode(WebhookCreateRequest.self, upTo: self.limits.adminBody)
        let secret = try self.secret(body.secret)
        let webhook = try await self.plane.createWebhook(try self.grant(for: body), secret: secret, by: grant.author)
        // A secret that the caller has already is not sent back.
        return try Response(
            secret: WebhookCreateResult(
                secret: body.secret == nil ? secret.text : nil,
                summary: WebhookSummary(WebhookStanding(webhook: webhook, waiting: 0))),
            status: .created)
    }

    private func delete(_ request: Request, _ context: AppRequestContext, _ grant: Grant) async throws -> Response {
        let webhook = try await self.plane.deleteWebhook(named: self.name(context), by: grant.author)
        return try Response(json: WebhookSummary(WebhookStanding(webhook: webhook, waiting: 0)))
    }

    private func test(_ request: Request, _ context: AppRequestContext, _ grant: Grant) async throws -> Response {
        let webhook = try await self.plane.webhook(named: self.name(context))
        let event = self.plane.testEvent(for: webhook)
        let attempt = await self.sender.send(id: event.id, body: event.body, to: webhook)
        return try Response(json: WebhookTestResult(event.id, attempt))
    }

    private func deliveries(_ request: Request, _ context: AppRequestContext, _ grant: Grant) async throws -> Response {
        let limit = Int(try request.integer("limit", in: 1...1000) ?? 50)
        let deliveries = try await self.plane.deliveries(of: self.name(context), limit: limit)
        return try Response(json: WebhookDeliveryList(deliveries: deliveries.map { WebhookDeliveryDetail($0) }))
    }

    private func name(_ context: AppRequestContext) -> String { context.parameters.get(RouteParameter.name) ?? "" }

    private func secret(_ text: String?) throws -> WebhookSecret {
        guard let text else { return try WebhookSecret.drawn() }
        guard let secret = WebhookSecret(text: text) else {
            let lengths = WebhookSecret.lengths
            throw Refusal(invalid: [
                Issue(
                    path: "secret",
                    message: "expected \(WebhookSignature.secretPrefix) and base64 of \(lengths.lowerBound) to "
                        + "\(lengths.upperBound) bytes; leave it out and one is made")
            ])
        }
        return secret
    }

    private func grant(for body: WebhookCreateRequest) throws(Refusal) -> WebhookGrant {
        var issues: [Issue] = []
        let names = WebhookEvent.allCases.map(\.rawValue)
        for (position, name) in (body.events ?? []).enumerated() where WebhookEvent(rawValue: name) == nil {
            let hint =
                NearestName.suggestion(for: name, among: names).map { "did you mean \($0)?" }
                ?? "there are " + names.joined(separator: ", ")
            issues.append(Issue(path: "events[\(position)]", message: "there is no such event; \(hint)"))
        }
        guard issues.isEmpty else { throw Refusal(invalid: issues) }
        return WebhookGrant(
            name: body.name, url: body.url, environments: body.environments,
            events: body.events?.compactMap { WebhookEvent(rawValue: $0) })
    }
}
