import ArgumentParser
import FlagAPI

/// `flagctl version`.
struct VersionCommand: FlagctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "version", abstract: "The version of flagctl, and of the server.")

    /// Both versions, for programs.
    private struct Versions: Encodable {
        var flagctl: String
        var server: String?
        var sqlite: String?
    }

    @Flag(name: .customLong("server"), help: "Also ask the server (of the context, or FLAGCTL_SERVER).")
    var asksServer = false

    @Option(
        name: [.customLong("context"), .customLong("use-context")],
        help: ArgumentHelp("A context of the configuration (FLAGCTL_CONTEXT).", valueName: "name"),
        completion: .custom { _, _, _ in Completions.contexts() })
    var context: String?

    @OptionGroup var output: OutputOptions

    func run(in session: Session) async throws(Failure) {
        // Neither the configuration nor the HTTP client is touched unless the server is asked: this is to be quick.
        var versions = Versions(flagctl: Version.current)
        var server = ""
        if self.asksServer {
            let api = try session.api(ConnectionSelection(context: self.context))
            let status = try await api.status()
            versions.server = status.version
            versions.sqlite = status.sqliteVersion
            server = "FlagServer \(status.version) at \(api.connection.server), SQLite \(status.sqliteVersion)\n"
        }
        try session.show(versions) { "flagctl \(versions.flagctl)\n" + server.printableLines }
    }
}
