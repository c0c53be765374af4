/// The keys of log metadata, in one place. They are dotted, and part of what operators may rely on.
enum LogKey {
    /// The request's number, which is also in the answer's `X-Request-ID`.
    static let requestID = "request.id"
    /// The HTTP method.
    static let method = "http.method"
    /// The route's template, never the path: a path may hold a ticket.
    static let route = "http.route"
    /// The HTTP status.
    static let status = "http.status"
    /// How long the answer took, in milliseconds.
    static let duration = "http.ms"
    /// The slug of the problem that was answered.
    static let problem = "problem"
    /// Who asked: an access token's name, or `user`.
    static let caller = "caller"
    /// The environment concerned.
    static let environment = "environment"
    /// How a revision came to be.
    static let change = "change"
    /// The revision concerned.
    static let revision = "revision"
    /// The number of the rollout concerned.
    static let rollout = "rollout"
    /// Its step, from 1.
    static let step = "rollout.step"
    /// Why it stands still, or went back.
    static let cause = "rollout.cause"
    /// The flags concerned.
    static let flags = "flags"
    /// The scheduled change concerned.
    static let schedule = "schedule"
    /// The webhook concerned, by its name.
    static let webhook = "webhook"
    /// The id of the event that it was to be told.
    static let event = "webhook.event"
    /// How many events it was not told because too many waited.
    static let dropped = "webhook.dropped"
    /// What went wrong.
    static let error = "error"
}
