import ArgumentParser
import FlagAPI
import FlagModel

/// `flagctl watch`.
struct WatchCommand: FlagctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch", abstract: "An environment live: each revision as it lands, who, why, what, and where.",
        discussion: """
            Goes on until Ctrl-C, over restarts of the server. With -o json there is one JSON object a line.
            """)

    @Argument(
        help: ArgumentHelp("The environment.", valueName: "environment"),
        completion: .custom { _, _, _ in await Completions.environments() }, transform: Arguments.environment)
    var environment: EnvironmentName

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run(in session: Session) async throws(Failure) {
        let watcher = EnvironmentWatcher(
            session: session, api: try session.api(self.connection.selection), environment: self.environment)
        try await session.untilInterrupted { () async throws(Failure) in try await watcher.run() }
    }
}
