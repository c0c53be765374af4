internal import ControlPlane
internal import HTTPTypes

/// Every route there is: where, and who may. README and openapi.yaml say what each is for.
enum Routes {
    // The server itself.
    static let health = Route(.get, "/healthz", OpenAccess())
    static let readiness = Route(.get, "/readyz", OpenAccess())
    static let description = Route(.get, "/openapi.yaml", OpenAccess())
    static let metrics = Route(.get, "/metrics", TokenAccess(.readFlags, .any))
    static let whoAmI = Route(.get, "/v1/whoami", TokenAccess(nil, .any))
    static let status = Route(.get, "/v1/status", TokenAccess(.readHistory, .any))

    // Environments and their flags.
    static let environments = Route(.get, "/v1/environments", TokenAccess(.readFlags, .any))
    static let environment = Route(.get, Self.inEnvironment(""), EnvironmentAccess(.readHistory))
    static let document = Route(.get, Self.inEnvironment("/document"), EnvironmentAccess(.readHistory))
    static let snapshot = Route(.get, Self.inEnvironment("/snapshot"), EnvironmentAccess(.readFlags))
    static let flags = Route(.get, Self.inEnvironment("/flags"), EnvironmentAccess(.readHistory))
    static let flag = Route(.get, Self.inEnvironment("/flags/{flag}"), EnvironmentAccess(.readHistory))
    static let evaluate = Route(.post, Self.inEnvironment("/flags/{flag}/evaluate"), EnvironmentAccess(.evaluate))
    static let segments = Route(.get, Self.inEnvironment("/segments"), EnvironmentAccess(.readHistory))
    static let segment = Route(.get, Self.inEnvironment("/segments/{segment}"), EnvironmentAccess(.readHistory))

    // Live configuration and the instances that have it.
    static let stream = Route(.get, Self.inEnvironment("/stream"), EnvironmentAccess(.readFlags))
    static let changeEvents = Route(
        .get, "/ofrep/v1/environments/{environment}/events", EnvironmentAccess(.evaluate, takesAPIKey: true))
    static let instances = Route(.get, Self.inEnvironment("/instances"), EnvironmentAccess(.readHistory))
    static let instance = Route(.get, Self.inEnvironment("/instances/{instance}"), EnvironmentAccess(.readHistory))
    static let reportInstance = Route(
        .put, Self.inEnvironment("/instances/{instance}"), EnvironmentAccess(.acknowledge))
    static let pathways = Route(.get, Self.inEnvironment("/pathways"), EnvironmentAccess(.readHistory))
    static let convergence = Route(.get, Self.inEnvironment("/convergence"), EnvironmentAccess(.readHistory))

    // Changes.
    static let kill = Route(.post, Self.inEnvironment("/flags/{flag}/kill"), EnvironmentAccess(.kill))
    static let commit = Route(.post, Self.inEnvironment("/changesets"), EnvironmentAccess(.commit))
    static let apply = Route(.post, Self.inEnvironment("/apply"), EnvironmentAccess(.commit))
    static let rollback = Route(.post, Self.inEnvironment("/rollback"), EnvironmentAccess(.rollback))

    // Staged rollouts.
    static let rollouts = Route(.get, Self.inEnvironment("/rollouts"), EnvironmentAccess(.readHistory))
    static let startRollout = Route(.post, Self.inEnvironment("/rollouts"), EnvironmentAccess(.manageRollouts))
    static let rollout = Route(.get, Self.inRollout(""), EnvironmentAccess(.readHistory))
    static let rolloutHistory = Route(.get, Self.inRollout("/history"), EnvironmentAccess(.readHistory))
    static let pauseRollout = Route(.post, Self.inRollout("/pause"), EnvironmentAccess(.rollback))
    static let resumeRollout = Route(.post, Self.inRollout("/resume"), EnvironmentAccess(.manageRollouts))
    static let promoteRollout = Route(.post, Self.inRollout("/promote"), EnvironmentAccess(.manageRollouts))
    static let approveRollout = Route(.post, Self.inRollout("/approve"), EnvironmentAccess(.approve))
    static let abortRollout = Route(.post, Self.inRollout("/abort"), EnvironmentAccess(.rollback))
    static let undoRollout = Route(.post, Self.inRollout("/undo"), EnvironmentAccess(.rollback))

    // Changes at a time; a changeset or a document makes them.
    static let schedules = Route(.get, Self.inEnvironment("/schedules"), EnvironmentAccess(.readHistory))
    static let schedule = Route(.get, Self.inEnvironment("/schedules/{schedule}"), EnvironmentAccess(.readHistory))
    static let cancelSchedule = Route(
        .post, Self.inEnvironment("/schedules/{schedule}/cancel"), EnvironmentAccess(.commit))

    // What others have to look at afterwards.
    static let reviews = Route(.get, Self.inEnvironment("/reviews"), EnvironmentAccess(.readHistory))
    static let review = Route(.get, Self.inEnvironment("/reviews/{review}"), EnvironmentAccess(.readHistory))
    static let closeReview = Route(
        .post, Self.inEnvironment("/reviews/{review}/close"), EnvironmentAccess(.closeReviews))

    // History.
    static let revisions = Route(.get, Self.inEnvironment("/revisions"), EnvironmentAccess(.readHistory))
    static let revision = Route(.get, Self.inEnvironment("/revisions/{revision}"), EnvironmentAccess(.readHistory))
    static let difference = Route(.get, Self.inEnvironment("/diff"), EnvironmentAccess(.readHistory))
    static let audit = Route(.get, "/v1/audit", TokenAccess(.readAudit, .all))

    // Access tokens.
    static let tokens = Route(.get, "/v1/tokens", TokenAccess(.manageTokens, .all))
    static let createToken = Route(.post, "/v1/tokens", TokenAccess(.manageTokens, .all))
    static let revokeToken = Route(.delete, "/v1/tokens/{name}", TokenAccess(.manageTokens, .all))

    // Who is told what happens.
    static let webhooks = Route(.get, "/v1/webhooks", TokenAccess(.manageWebhooks, .all))
    static let createWebhook = Route(.post, "/v1/webhooks", TokenAccess(.manageWebhooks, .all))
    static let deleteWebhook = Route(.delete, "/v1/webhooks/{name}", TokenAccess(.manageWebhooks, .all))
    static let testWebhook = Route(.post, "/v1/webhooks/{name}/test", TokenAccess(.manageWebhooks, .all))
    static let webhookDeliveries = Route(.get, "/v1/webhooks/{name}/deliveries", TokenAccess(.manageWebhooks, .all))

    // Tickets. The aliases are those of the system that this one replaces.
    static let issueTicket = Route(
        .post, "/websocket/ticket",
        aliases: [
            "/auth/ticket", "/auth/generate-ticket", "/api/websocket/ticket", "/api/auth/ticket",
            "/api/auth/generate-ticket", "/api/v1/auth/generate-ticket",
        ], UserAccess())
    static let validateTicket = Route(
        .get, "/websocket/ticket/{ticket}/validate", aliases: ["/api/websocket/ticket/{ticket}/validate"],
        TicketViewerAccess())
    static let revokeTicket = Route(
        .delete, "/websocket/ticket/{ticket}", aliases: ["/api/websocket/ticket/{ticket}"], UserAccess())
    static let ticketStatus = Route(
        .get, "/websocket/tickets/status", aliases: ["/api/websocket/tickets/status"], OpenAccess())
    static let consumeTicket = Route(
        .post, "/websocket/ticket/consume", aliases: ["/api/websocket/ticket/consume"],
        TokenAccess(.consumeTickets, .runtime))

    // Handshakes, by whatever pathway.
    static let authenticate = Route(.post, "/websocket/authenticate", TokenAccess(.consumeTickets, .runtime))

    // OpenFeature's remote evaluation protocol, below either of two base URLs.
    static let ofrepEvaluate = Route(
        .post, OFREPPath.evaluate + "/{flag}", aliases: [OFREPPath.environment + OFREPPath.evaluate + "/{flag}"],
        OFREPAccess())
    static let ofrepEvaluateAll = Route(
        .post, OFREPPath.evaluate, aliases: [OFREPPath.environment + OFREPPath.evaluate], OFREPAccess())

    // flagd's HTTP sync source.
    static let flagd = Route(.get, "/flagd/v1/environments/{environment}/flags.json", EnvironmentAccess(.readFlags))

    private static func inRollout(_ path: String) -> String { Self.inEnvironment("/rollouts/{rollout}" + path) }
    private static func inEnvironment(_ path: String) -> String { "/v1/environments/{environment}" + path }
}
