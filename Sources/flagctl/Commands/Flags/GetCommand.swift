import ArgumentParser
import FlagAPI
import FlagModel

/// `flagctl get`.
struct GetCommand: FlagctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "get", abstract: "One flag on one line: state, what it serves, its rollout.")

    @OptionGroup var target: FlagArguments

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run(in session: Session) async throws(Failure) {
        let detail = try await session.api(self.connection.selection).flag(
            self.target.flag, in: self.target.environment)
        try session.show(detail) {
            session.table(
                FlagView.columns, [FlagView(key: detail.key.text, definition: detail.definition).row])
        }
    }
}
