internal import HTTPTypes
internal import Hummingbird

/// Has requests for event streams answered by a task of their own.
///
/// A task keeps the memory of its deepest call until it ends, and the task of a connection lives as long as the connection: a
/// stream would hold on to what only the beginning of its answer needed, a third of all that it costs. A child made by
/// `async let` would lie in the memory of its parent, and stay there as well.
struct StreamResponder: HTTPResponder {
    let router: RouterResponder<AppRequestContext>

    func respond(to request: Request, context: AppRequestContext) async throws -> Response {
        guard request.acceptsEventStream else { return try await self.router.respond(to: request, context: context) }
        // It is short, and what it begins ends with the connection: nobody has to cancel it.
        return try await Task { try await self.router.respond(to: request, context: context) }.value
    }
}

extension Request {
    /// Whether the client asks for events.
    var acceptsEventStream: Bool {
        self.headers[values: .accept].contains { field in
            field.split(separator: ",").contains { type in
                type.prefix { $0 != ";" }.filter { $0 != " " }.lowercased() == "text/event-stream"
            }
        }
    }
}
