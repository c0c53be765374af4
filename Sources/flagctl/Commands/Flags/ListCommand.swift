import ArgumentParser
import FlagAPI
import FlagModel

/// `flagctl list`.
struct ListCommand: FlagctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "The flags of an environment.")

    @Argument(
        help: ArgumentHelp("The environment.", valueName: "environment"),
        completion: .custom { _, _, _ in await Completions.environments() }, transform: Arguments.environment)
    var environment: EnvironmentName

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run(in session: Session) async throws(Failure) {
        let list = try await session.api(self.connection.selection).flags(self.environment)
        try session.show(list) {
            let flags = list.flags.sorted { $0.key < $1.key }
            return session.table(
                FlagView.columns, flags.map { FlagView(key: $0.key, definition: $0.value).row })
        }
    }
}
