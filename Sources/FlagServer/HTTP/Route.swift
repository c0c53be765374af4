internal import HTTPTypes
internal import Hummingbird

/// A route: where, and who may. A handler can be put only behind one of these, and gets to know what `Access` found out
/// about the caller.
struct Route<Access: AccessRule>: Sendable {
    /// The method.
    let method: HTTPRequest.Method
    /// The paths, parameters in braces; the first is the one that is documented.
    let paths: [String]
    /// Who may.
    let access: Access

    init(_ method: HTTPRequest.Method, _ path: String, aliases: [String] = [], _ access: Access) {
        self.method = method
        self.paths = [path] + aliases
        self.access = access
    }
}

/// A route without its type, for tables and tests.
struct RouteDeclaration: Sendable {
    let method: HTTPRequest.Method
    let path: String
    let access: any AccessRule
}
