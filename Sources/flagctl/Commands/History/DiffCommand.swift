import ArgumentParser
import FlagAPI
import FlagModel

/// `flagctl diff`.
struct DiffCommand: FlagctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff", abstract: "What changed between two revisions.")

    @Argument(
        help: ArgumentHelp("The environment.", valueName: "environment"),
        completion: .custom { _, _, _ in await Completions.environments() }, transform: Arguments.environment)
    var environment: EnvironmentName

    @Option(help: ArgumentHelp("From this revision; by default the one before the other.", valueName: "revision"))
    var from: Int64?

    @Option(help: ArgumentHelp("To this revision; by default the one in force.", valueName: "revision"))
    var to: Int64?

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run(in session: Session) async throws(Failure) {
        let result = try await session.api(self.connection.selection)
            .difference(self.environment, from: self.from, to: self.to)
        try session.show(result) {
            let title = "\(result.environment), revision \(result.from) -> \(result.to)"
            let text = result.difference.isEmpty ? "no difference\n" : result.difference.text(session.style)
            return session.style.apply(.bold, title) + "\n" + text
        }
    }
}
