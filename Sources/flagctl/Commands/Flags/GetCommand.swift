import ArgumentParser
import FlagAPI
import FlagModel

/// `flagctl get`.
struct GetCommand: FlagctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "get", abstract: "One flag on one line: state, what it serves, its rollout.")

    @Argument(
        help: ArgumentHelp("The environment.", valueName: "environment"),
        completion: .custom { _, _, _ in await Completions.environments() }, transform: Arguments.environment)
    var environment: EnvironmentName

    @Argument(
        help: ArgumentHelp("The flag's key.", valueName: "flag"),
        completion: .custom { words, index, _ in await Completions.flags(words, index) }, transform: Arguments.flag)
    var flag: FlagKey

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run(in session: Session) async throws(Failure) {
        let detail = try await session.api(self.connection.selection).flag(self.flag, in: self.environment)
        try session.show(detail) {
            session.table(
                FlagView.columns, [FlagView(key: detail.key.text, definition: detail.definition).row])
        }
    }
}
