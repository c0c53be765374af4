internal import FlagAPI
internal import HTTPTypes
internal import Hummingbird
internal import Logging
internal import NIOHTTP1

/// Turns the errors of routes into problem details. Each type of error has its own mapping; what has none is a fault of
/// ours, answered as `internal` and logged as an error.
struct ProblemMiddleware: RouterMiddleware {
    /// The routes, to tell a wrong method from a wrong path.
    let routes: RouteIndex

    func handle(
        _ request: Request, context: AppRequestContext,
        next: @concurrent (Request, AppRequestContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as any ProblemConvertible {
            return self.answer(error.refusal, request, context)
        } catch let error as HTTPParserError {
            // The bytes are not HTTP: there is no request to answer, and the connection's handler ends the connection.
            throw error
        } catch let error as HTTPError where error.status == .notFound {
            return self.answer(self.routes.refusal(of: request), request, context)
        } catch is CancellationError {
            return self.answer(Refusal(.shuttingDown, "the server is going away; ask again"), request, context)
        } catch {
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
        return refusal.response
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
