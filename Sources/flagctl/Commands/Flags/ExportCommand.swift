import ArgumentParser
import FlagAPI
import FlagModel

/// `flagctl export`.
struct ExportCommand: FlagctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "An environment as the file that apply takes.")

    @Argument(
        help: ArgumentHelp("The environment.", valueName: "environment"),
        completion: .custom { _, _, _ in await Completions.environments() }, transform: Arguments.environment)
    var environment: EnvironmentName

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run(in session: Session) async throws(Failure) {
        let document = try await session.api(self.connection.selection).document(self.environment)
        switch session.format {
        case .table, .yaml: try session.write(YAMLDocument.emit(document))
        case .json: try session.write(document.pretty + "\n")
        }
    }
}
