/// The names of the parameters in routes' paths.
enum RouteParameter {
    static let environment = "environment"
    static let flag = "flag"
    static let segment = "segment"
    static let revision = "revision"
    static let name = "name"
    static let instance = "instance"
    /// A ticket: a path that has it is never shown.
    static let ticket = "ticket"
}
