import FlagAPI
import FlagModel
import HTTPTypes
import Hummingbird
import NIOCore
import TicketRuntime

/// Turns what went wrong into problem details (RFC 9457). What is not listed is a fault of ours, and Hummingbird's to
/// answer.
struct ProblemMiddleware<Context: RequestContext>: RouterMiddleware {
    func handle(
        _ request: Request, context: Context, next: @concurrent (Request, Context) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let refusal as TicketRefusal {
            return try self.answer(Problem(refusal), on: request)
        } catch let problem as Problem {
            return try self.answer(problem, on: request)
        } catch let error as JSONSyntaxError {
            let problem = Problem(
                type: "request-malformed", title: "The request is not well-formed", status: 400,
                detail: "the body is not JSON: \(error)")
            return try self.answer(problem, on: request)
        } catch let error as InvalidDocument {
            var problem = Problem(
                type: "request-invalid", title: "The request's content is not valid", status: 422,
                detail: error.issues.map(\.description).joined(separator: "; "))
            problem.issues = error.issues
            return try self.answer(problem, on: request)
        } catch is NIOTooManyBytesError {
            let problem = Problem(
                type: "body-too-large", title: "The request's body is too large", status: 413,
                detail: "send less metadata")
            return try self.answer(problem, on: request)
        }
    }

    private func answer(_ problem: Problem, on request: Request) throws -> Response {
        var problem = problem
        problem.instance = request.uri.path
        var headers: HTTPFields = [.contentType: "application/problem+json", .cacheControl: "no-store"]
        if let seconds = problem.retryAfter { headers[.retryAfter] = "\(seconds)" }
        return Response(
            status: HTTPResponse.Status(code: problem.status), headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: try WireEncoder.encode(problem))))
    }
}
