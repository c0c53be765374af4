import FlagAPI
import FlagModel
import HTTPTypes
import Hummingbird
import NIOCore
import TicketRuntime

/// Four of FlagServer's routes, over a TicketRuntime of the service's own.
///
/// Who calls is not checked here: a gateway in front has authenticated the user and says who it is in headers of its own,
/// and only it and the backends that consume tickets can reach the service.
struct TicketRoutes: Sendable {
    private static let longestBody = 64 << 10

    let runtime: TicketRuntime
    let webSocketURL: String

    var router: Router<BasicRequestContext> {
        let router = Router()
        router.add(middleware: ProblemMiddleware())
        router.post("websocket/ticket") { request, _ in try await self.issue(request) }
        router.post("websocket/ticket/consume") { request, _ in try await self.consume(request) }
        router.post("websocket/authenticate") { request, _ in try await self.authenticate(request) }
        router.get("websocket/tickets/status") { _, _ in try await self.status() }
        return router
    }

    private func issue(_ request: Request) async throws -> Response {
        let asked = try await self.body(TicketIssueRequest.self, of: request)
        let user = GatewayHeaders(request.headers)
        let ticket = try await self.runtime.issue(
            for: TicketSubject(id: user.id, email: user.email, permissions: user.permissions),
            TicketRequest(
                ttlSeconds: asked.ttlSeconds, singleUse: asked.singleUse, permissions: asked.permissions,
                metadata: asked.metadata),
            handshake: TicketHandshake(origin: request.headers[.origin], clientAddress: user.clientAddress))
        return try self.answer(
            TicketIssueResult(
                ticketID: ticket.id, expiresAt: ticket.expiresAt.secondsSinceEpoch,
                createdAt: ticket.issuedAt.secondsSinceEpoch, ttlSeconds: ticket.ttlSeconds,
                singleUse: ticket.isSingleUse, permissions: ticket.permissions, websocketURL: self.webSocketURL))
    }

    private func consume(_ request: Request) async throws -> Response {
        let presented = try await self.body(TicketConsumeRequest.self, of: request)
        let identity = try await self.runtime.consume(
            presented.ticket,
            handshake: TicketHandshake(origin: presented.origin, clientAddress: presented.clientAddress))
        return try self.answer(
            TicketConsumeResult(
                userID: identity.userID, email: identity.email, permissions: identity.permissions,
                metadata: identity.metadata, pathway: identity.pathway.rawValue,
                createdAt: identity.issuedAt.secondsSinceEpoch, expiresAt: identity.expiresAt.secondsSinceEpoch,
                singleUse: identity.isSingleUse, revision: identity.revision))
    }

    /// Tickets only, as nothing else is configured: `TicketConfiguration.pathways` takes the rest.
    private func authenticate(_ request: Request) async throws -> Response {
        let presented = try await self.body(HandshakeRequest.self, of: request)
        let handshake = WebSocketHandshake(
            uri: presented.uri, headers: presented.fields, clientAddress: presented.address)
        let identity: HandshakeIdentity
        do throws(TicketRefusal) {
            identity = try await self.runtime.authenticate(handshake)
        } catch {
            var problem = Problem(error)
            problem.closeCode = error.closeCode
            problem.subprotocol = handshake.subprotocol
            throw problem
        }
        return try self.answer(
            HandshakeResult(
                userID: identity.userID, email: identity.email, permissions: identity.permissions,
                metadata: identity.metadata, pathway: identity.pathway.rawValue, subprotocol: handshake.subprotocol,
                expiresAt: identity.expiresAt?.secondsSinceEpoch, revision: identity.revision))
    }

    private func status() async throws -> Response {
        let status = await self.runtime.status()
        return try self.answer(
            TicketSystemStatus(
                ticketSystemEnabled: status.isEnabledForAnyone, redisAvailable: status.isStoreAvailable,
                redisStatus: status.storeStatus, defaultTTLSeconds: status.defaultTTLSeconds,
                maxTTLSeconds: status.maximumTTLSeconds, ticketPrefix: status.keyPrefix))
    }

    /// Reads a body; none is an empty object.
    private func body<Value: Decodable>(_ type: Value.Type, of request: Request) async throws -> Value {
        let buffer = try await request.body.collect(upTo: Self.longestBody)
        let json = buffer.readableBytes == 0 ? Array("{}".utf8) : Array(buffer.readableBytesView)
        return try WireDecoder(unknownMembers: .ignore).decode(type, from: json)
    }

    private func answer(_ value: some Encodable) throws -> Response {
        Response(
            // A ticket is a secret, which nobody on the way may keep.
            status: .ok, headers: [.contentType: "application/json", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: try WireEncoder.encode(value))))
    }
}
