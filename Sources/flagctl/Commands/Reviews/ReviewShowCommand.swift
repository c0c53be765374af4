import ArgumentParser
import FlagAPI
import FlagModel

/// `flagctl review show`.
struct ReviewShowCommand: FlagctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "A review item: what was done, by whom, why, and on what evidence.")

    @Argument(
        help: ArgumentHelp("The environment.", valueName: "environment"),
        completion: .custom { _, _, _ in await Completions.environments() }, transform: Arguments.environment)
    var environment: EnvironmentName

    @Argument(help: ArgumentHelp("The review item's number.", valueName: "review"))
    var review: Int64

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run(in session: Session) async throws(Failure) {
        let detail = try await session.api(self.connection.selection).review(self.review, in: self.environment)
        try session.show(detail) { detail.text(session.style) }
    }
}
