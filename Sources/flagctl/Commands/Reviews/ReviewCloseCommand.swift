import ArgumentParser
import FlagAPI
import FlagModel

/// `flagctl review close`.
struct ReviewCloseCommand: FlagctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "close", abstract: "Closes a review item, as someone else than who did what it is about.")

    @Argument(
        help: ArgumentHelp("The environment.", valueName: "environment"),
        completion: .custom { _, _, _ in await Completions.environments() }, transform: Arguments.environment)
    var environment: EnvironmentName

    @Argument(help: ArgumentHelp("The review item's number.", valueName: "review"))
    var review: Int64

    @Option(help: ArgumentHelp("What you found; it stays in the audit.", valueName: "text"))
    var note: String

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run(in session: Session) async throws(Failure) {
        let detail = try await session.api(self.connection.selection)
            .closeReview(self.review, in: self.environment, note: self.note)
        try session.show(detail) { "review \(detail.id) of \(detail.environment) is closed\n" }
    }
}
