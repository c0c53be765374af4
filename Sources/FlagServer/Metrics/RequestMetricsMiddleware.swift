internal import Hummingbird

/// Counts each request by its route and the class of its answer's status.
struct RequestMetricsMiddleware: RouterMiddleware {
    let meters: RequestMeters
    /// Measures time.
    var clock = ContinuousClock()

    func handle(
        _ request: Request, context: AppRequestContext,
        next: @concurrent (Request, AppRequestContext) async throws -> Response
    ) async throws -> Response {
        let start = self.clock.now
        let response = try await next(request, context)
        let (seconds, attoseconds) = start.duration(to: self.clock.now).components
        self.meters.count(
            request.method, context.template ?? AccessLogMiddleware.unroutedTemplate, status: response.status.code,
            nanoseconds: seconds * 1_000_000_000 + attoseconds / 1_000_000_000)
        return response
    }
}
