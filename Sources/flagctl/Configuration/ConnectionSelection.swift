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
}
