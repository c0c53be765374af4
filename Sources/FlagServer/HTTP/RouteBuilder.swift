internal import HTTPTypes
internal import Hummingbird

/// Puts handlers behind routes. The only way to Hummingbird's router, so that there is no route without access control.
struct RouteBuilder {
    /// What was put up so far.
    private(set) var declarations: [RouteDeclaration] = []

    private let gate: Gate
    private var registrations: [@Sendable (Router<AppRequestContext>) -> Void] = []

    init(gate: Gate) {
        self.gate = gate
    }

    /// Has `handler` answer to `route`, for callers that its access rule admits.
    mutating func on<Access: AccessRule>(
        _ route: Route<Access>,
        _ handler: @escaping @Sendable (Request, AppRequestContext, Access.Caller) async throws -> Response
    ) {
        let gate = self.gate
        for path in route.paths {
            self.declarations.append(RouteDeclaration(method: route.method, path: path, access: route.access))
            self.registrations.append { router in
                router.on(RouterPath(path), method: route.method) { request, context in
                    let caller = try route.access.admit(request, context, gate)
                    return try await handler(request, context, caller)
                }
            }
        }
    }

    /// The router with all routes, and what surrounds each of them.
    func router(_ meters: RequestMeters) -> Router<AppRequestContext> {
        let router = Router(context: AppRequestContext.self, options: .autoGenerateHeadEndpoints)
        router.add(middleware: AccessLogMiddleware())
        router.add(middleware: RequestMetricsMiddleware(meters: meters))
        router.add(middleware: ProblemMiddleware(routes: RouteIndex(self.declarations)))
        for register in self.registrations { register(router) }
        return router
    }
}
