internal import FlagAPI
internal import FlagModel
internal import HTTPTypes
internal import Hummingbird
internal import Logging
internal import NIOHTTP1

/// Turns the errors of routes into problem details, or into OFREP's own shape where that is spoken. Each type of error has
/// its own mapping; what has none is a fault of ours, answered as `internal` and logged as an error.
struct ProblemMiddleware: RouterMiddleware {
    /// The routes, to tell a wrong method from a wrong path.
    let routes: RouteIndex

    func handle(
        _ request: Request, context: AppRequestContext,
        next: @concurrent (Request, AppRequestContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch {
            return try self.answer(to: error, request, context)
        }
    }

    /// Not inlined: whatever it needs would be kept ready for every request, as long as its connection is open.
    @inline(never)
    private func answer(to error: any Error, _ request: Request, _ context: AppRequestContext) throws -> Response {
        switch error {
        case let error as any ProblemConvertible:
            return self.answer(error.refusal, request, context)
        case is HTTPParserError:
            // The bytes are not HTTP: there is no request to answer, and the connection's handler ends the connection.
            throw error
        case let error as HTTPError where error.status == .notFound:
            return self.answer(self.routes.refusal(of: request), request, context)
        case is CancellationError:
            return self.answer(Refusal(.shuttingDown, "the server is going away; ask again"), request, context)
        default:
            context.logger.error("request failed", error: error)
            return self.answer(.internal(requestID: context.id), request, context)
        }
    }

    private func answer(_ refusal: Refusal, _ request: Request, _ context: AppRequestContext) -> Response {
        var refusal = refusal
        refusal.problem.instance = context.instance(of: request)
        context.notes.note(problem: refusal.problem.type)
        if let fault = refusal.fault {
            context.logger.error("request failed", metadata: [LogKey.error: .string(fault)])
        }
        let path = request.uri.path
        guard OFREPPath.isOFREP(path) else { return refusal.response }
        let key = context.parameters.get(RouteParameter.flag) ?? (path.hasSuffix("/") ? "" : nil)
        return refusal.ofrepResponse(key: key.map { $0.percentDecoded ?? $0 })
    }
}

extension AppRequestContext {
    /// The path of the request as it may be shown and written down: the route's template where the path holds a ticket,
    /// and nothing where no route answers, as what was mistyped may hold one as well.
    fileprivate func instance(of request: Request) -> String? {
        guard let template = self.template else { return nil }
        return self.parameters.get(RouteParameter.ticket) == nil ? request.uri.path : template
    }
}
