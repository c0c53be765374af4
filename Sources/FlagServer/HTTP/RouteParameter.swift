/// The names of the parameters in routes' paths.
enum RouteParameter {
    static let environment = "environment"
    static let flag = "flag"
    static let segment = "segment"
    static let revision = "revision"
    static let name = "name"
    static let review = "review"
    static let schedule = "schedule"
    static let instance = "instance"
    static let rollout = "rollout"
    /// A ticket: a path that has it is never shown.
    static let ticket = "ticket"
}
