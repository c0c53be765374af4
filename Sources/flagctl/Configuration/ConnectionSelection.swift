/// What the command line says about the connection; nil: nothing.
struct ConnectionSelection: Hashable, Sendable {
    /// `--server`.
    var server: String?
    /// `--token-file`.
    var tokenFile: String?
    /// `--context`.
    var context: String?
    /// `--timeout`.
    var timeout: Duration = .seconds(10)

    /// Whether an option or FLAGCTL_SERVER names the server, so that no context is needed for it.
    func namesServer(_ environment: [String: String]) -> Bool {
        self.context == nil && (self.server != nil || environment["FLAGCTL_SERVER"]?.isEmpty == false)
    }

    /// Whether an option or FLAGCTL_TOKEN gives the token, so that no context is needed for it.
    func namesToken(_ environment: [String: String]) -> Bool {
        self.context == nil && (self.tokenFile != nil || environment["FLAGCTL_TOKEN"]?.isEmpty == false)
    }
}
