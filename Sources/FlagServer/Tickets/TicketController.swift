internal import FlagAPI
internal import FlagModel
internal import HTTPTypes
internal import Hummingbird
internal import TicketRuntime

/// Tickets over HTTP: a thin shell around TicketRuntime. Members that nobody knows are passed over here, so that
/// clients of the system that this one replaces work unchanged.
struct TicketController: Sendable {
    let runtime: TicketRuntime
    let webSocketURL: WebSocketURL
    let trustedProxies: TrustedProxies
    let limits: RequestLimits

    func addRoutes(to routes: inout RouteBuilder) {
        routes.on(Routes.issueTicket, self.issue)
        routes.on(Routes.validateTicket, self.validate)
        routes.on(Routes.revokeTicket, self.revoke)
        routes.on(Routes.ticketStatus, self.status)
        routes.on(Routes.consumeTicket, self.consume)
    }

    private func issue(_ request: Request, _ context: AppRequestContext, _ user: UserIdentity) async throws -> Response
    {
        let body = try await request.json(upTo: self.limits.ticketBody)
        let asked = body.isEmpty ? .default : try TicketRequest(json: body)
        let subject = try TicketSubject(user)
        let ticket = try await self.runtime.issue(
            for: subject, asked,
            handshake: TicketHandshake(
                origin: request.headers[.origin],
                clientAddress: self.trustedProxies.client(of: request.headers, from: context.peerAddress)))
        return try Response(
            secret: TicketIssueResult(
                ticketID: ticket.id, expiresAt: ticket.expiresAt.secondsSinceEpoch,
                createdAt: ticket.issuedAt.secondsSinceEpoch, ttlSeconds: ticket.ttlSeconds,
                singleUse: ticket.isSingleUse, permissions: ticket.permissions,
                websocketURL: self.webSocketURL.text))
    }

    /// Whether a ticket is good. Never consumes it, and tells strangers no more than that.
    private func validate(
        _ request: Request, _ context: AppRequestContext, _ viewer: TicketViewer
    ) async throws -> Response {
        let ticket = context.parameters.get(RouteParameter.ticket) ?? ""
        let validation = try await self.runtime.validate(ticket).shown(to: viewer)
        return try Response(secret: TicketValidateResult(validation))
    }

    private func revoke(
        _ request: Request, _ context: AppRequestContext, _ user: UserIdentity
    ) async throws -> Response {
        let ticket = context.parameters.get(RouteParameter.ticket) ?? ""
        switch try await self.runtime.revoke(ticket, ownedBy: user.subject) {
        case .revoked:
            return try Response(json: TicketRevokeResult(success: true, message: "the ticket is revoked"))
        case .alreadyRevoked:
            return try Response(json: TicketRevokeResult(success: true, message: "the ticket was revoked before"))
        case .notOwner:
            throw Refusal(.ticketNotYours, "only its owner may revoke a ticket; it was not touched")
        case .notFound:
            throw Refusal(
                .ticketUnknownOrExpired, "there is no such ticket, or it was used or has ended: nothing to revoke",
                status: .notFound)
        }
    }

    private func status(_ request: Request, _ context: AppRequestContext, _ caller: Void) async throws -> Response {
        let status = await self.runtime.status()
        return try Response(
            json: TicketSystemStatus(
                ticketSystemEnabled: status.isEnabledForAnyone, redisAvailable: status.isStoreAvailable,
                redisStatus: status.storeStatus, defaultTTLSeconds: status.defaultTTLSeconds,
                maxTTLSeconds: status.maximumTTLSeconds, ticketPrefix: status.keyPrefix))
    }

    private func consume(_ request: Request, _ context: AppRequestContext, _ grant: Grant) async throws -> Response {
        let body = try await request.decode(
            TicketConsumeRequest.self, upTo: self.limits.ticketBody, unknownMembers: .ignore)
        let identity = try await self.runtime.consume(
            body.ticket, handshake: TicketHandshake(origin: body.origin, clientAddress: body.clientAddress))
        return try Response(secret: TicketConsumeResult(identity))
    }
}
