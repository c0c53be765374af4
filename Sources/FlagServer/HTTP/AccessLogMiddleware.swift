internal import HTTPTypes
internal import Hummingbird
internal import Logging

/// Writes one line for each request: method, route, status, duration, who asked.
///
/// The route is the template (`/websocket/ticket/{ticket}/validate`): neither path, query nor headers are ever written,
/// as each may hold a credential.
struct AccessLogMiddleware: RouterMiddleware {
    /// What the line says when no route answers to the path.
    static let unroutedTemplate = "(none)"

    /// Measures time; replaced in tests.
    var clock = ContinuousClock()

    func handle(
        _ request: Request, context: AppRequestContext,
        next: @concurrent (Request, AppRequestContext) async throws -> Response
    ) async throws -> Response {
        let start = self.clock.now
        var response = try await next(request, context)
        if let name = HTTPField.Name.xRequestID { response.headers[name] = context.id }
        guard context.logger.logLevel <= .info else { return response }
        let notes = context.notes.content
        var metadata: Logger.Metadata = [
            LogKey.method: .string(request.method.rawValue),
            LogKey.route: .string(context.template ?? Self.unroutedTemplate),
            LogKey.status: .stringConvertible(response.status.code),
            LogKey.duration: .stringConvertible(start.duration(to: self.clock.now).wholeMilliseconds),
        ]
        if let caller = notes.caller { metadata[LogKey.caller] = .string(caller) }
        if let problem = notes.problem { metadata[LogKey.problem] = .string(problem) }
        context.logger.info("request", metadata: metadata)
        return response
    }
}

extension AppRequestContext {
    /// The template of the route that answers, with its parameters' names in braces; nil when none does.
    var template: String? {
        self.endpointPath.flatMap { $0.hasPrefix("/") ? $0 : nil }
    }
}

extension HTTPField.Name {
    /// The number of the request, to be named in reports of trouble.
    static let xRequestID = HTTPField.Name("X-Request-ID")
}

extension Duration {
    /// Milliseconds, the rest cut off.
    var wholeMilliseconds: Int64 {
        let (seconds, attoseconds) = self.components
        return seconds * 1000 + attoseconds / 1_000_000_000_000_000
    }
}
