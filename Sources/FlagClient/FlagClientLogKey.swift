/// The keys of what is logged by a client.
enum FlagClientLogKey {
    /// The environment.
    static let environment = "flags.environment"
    /// The instance's id.
    static let instance = "flags.instance"
    /// The revision concerned.
    static let revision = "flags.revision"
    /// The revision that stays in force.
    static let inForce = "flags.revision_in_force"
    /// Where a revision came from: `stream`, `polling`, `cache`.
    static let source = "flags.source"
    /// Why something failed.
    static let reason = "flags.reason"
    /// The HTTP status of an answer.
    static let status = "flags.http_status"
    /// The slug of a problem that the control plane stated.
    static let problem = "flags.problem"
    /// A file.
    static let file = "flags.file"
    /// For how long nothing was heard, in milliseconds.
    static let silence = "flags.silence_ms"
}
