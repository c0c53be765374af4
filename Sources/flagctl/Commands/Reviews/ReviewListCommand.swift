import ArgumentParser
import FlagAPI
import FlagModel

/// `flagctl review list`.
struct ReviewListCommand: FlagctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "The open review items of an environment, newest first.")

    @Argument(
        help: ArgumentHelp("The environment.", valueName: "environment"),
        completion: .custom { _, _, _ in await Completions.environments() }, transform: Arguments.environment)
    var environment: EnvironmentName

    @Flag(help: "Also those that were closed.")
    var all = false

    @Option(name: [.customShort("n"), .long], help: ArgumentHelp("How many.", valueName: "count"))
    var limit = 50

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (1...1000).contains(self.limit) else { throw ValidationError("-n takes 1 to 1000") }
    }

    func run(in session: Session) async throws(Failure) {
        let list = try await session.api(self.connection.selection)
            .reviews(self.environment, all: self.all, limit: self.limit)
        try session.show(list) {
            guard !list.reviews.isEmpty else { return "nothing to review in \(self.environment)\n" }
            return session.table(
                [
                    .init("REVIEW", isNumeric: true), .init("STATE"), .init("CAUSE"), .init("FLAGS", .shrinks),
                    .init("BY"), .init("AT", .vanishes), .init("REASON", .shrinks),
                ],
                list.reviews.map { review in
                    [
                        String(review.id), review.state, review.cause,
                        review.flags.map(\.text).joined(separator: ", "), review.author, review.at.short,
                        review.reason,
                    ]
                })
        }
    }
}
