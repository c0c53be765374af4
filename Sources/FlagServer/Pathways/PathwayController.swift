internal import ControlPlane
internal import FlagAPI
internal import FlagModel
internal import Hummingbird
internal import TicketRuntime

/// Finds out for any backend who opens a WebSocket, and shows how much each pathway is used.
struct PathwayController: Sendable {
    /// The windows that counts may be asked for: an hour to 400 days, in seconds.
    private static let windows: ClosedRange<Int64> = 3600...34_560_000
    /// The window that is meant when none is named: a week, in seconds.
    private static let usualWindow: Int64 = 604_800

    let plane: ControlPlane
    let usage: PathwayUsage
    let runtime: TicketRuntime
    let limits: RequestLimits

    func addRoutes(to routes: inout RouteBuilder) {
        routes.on(Routes.authenticate, self.authenticate)
        routes.on(Routes.pathways, self.list)
    }

    private func list(
        _ request: Request, _ context: AppRequestContext, _ grant: EnvironmentGrant
    ) async throws -> Response {
        let snapshot = try self.plane.snapshot(of: grant.environment)
        let window = try request.integer("window", in: Self.windows) ?? Self.usualWindow
        let records = try await self.usage.records(of: grant.environment, within: window)
        return try Response(json: PathwayList(snapshot, records, windowSeconds: window))
    }

    private func authenticate(
        _ request: Request, _ context: AppRequestContext, _ grant: Grant
    ) async throws -> Response {
        let body = try await request.decode(
            HandshakeRequest.self, upTo: self.limits.ticketBody, unknownMembers: .ignore)
        let handshake = WebSocketHandshake(uri: body.uri, headers: body.fields, clientAddress: body.address)
        let identity: HandshakeIdentity
        do throws(TicketRefusal) {
            identity = try await self.runtime.authenticate(handshake)
        } catch {
            var refusal = error.refusal
            refusal.problem.closeCode = error.closeCode
            refusal.problem.subprotocol = handshake.subprotocol
            throw refusal
        }
        return try Response(secret: HandshakeResult(identity, subprotocol: handshake.subprotocol))
    }
}
