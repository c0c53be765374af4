internal import HTTPTypes
internal import Hummingbird

/// Tells, for a request that no route answers, what is wrong with it: the path, or only the method.
struct RouteIndex: Sendable {
    private let routes: [(segments: [Substring], method: HTTPRequest.Method)]

    init(_ declarations: [RouteDeclaration]) {
        self.routes = declarations.map { ($0.path.split(separator: "/"), $0.method) }
    }

    /// The methods that `path` answers to, in alphabetical order; empty when there is nothing there.
    func methods(at path: String) -> [String] {
        let segments = path.split(separator: "/")
        let matches = self.routes.filter { Self.matches($0.segments, segments) }
        // As in the router, a path that is spelt out goes before one with a parameter.
        let literal = matches.filter { $0.segments == segments }
        let methods = (literal.isEmpty ? matches : literal).flatMap { route in
            route.method == .get ? [route.method.rawValue, "HEAD"] : [route.method.rawValue]
        }
        return Set(methods).sorted()
    }

    /// The refusal of a request that no route answers.
    func refusal(of request: Request) -> Refusal {
        let methods = self.methods(at: request.uri.path)
        guard !methods.isEmpty else {
            return Refusal(
                .routeNotFound, "there is nothing at this path; GET /openapi.yaml lists the paths that there are")
        }
        let allow = methods.joined(separator: ", ")
        var refusal = Refusal(
            .methodNotAllowed, "\(request.method.rawValue) is not possible here; possible is \(allow)")
        refusal.headers[.allow] = allow
        return refusal
    }

    private static func matches(_ pattern: [Substring], _ path: [Substring]) -> Bool {
        pattern.count == path.count && zip(pattern, path).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
    }
}
