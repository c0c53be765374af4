import ArgumentParser
import FlagAPI
import FlagModel

/// `flagctl pathways show`, which is meant when no other is named.
struct PathwaysShowCommand: FlagctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract:
            "Each pathway in the order in which they are tried: its flag, whom it lets in, and how much it is used.",
        discussion: """
            ATTEMPTS and GRANTED are those of the window; LAST USE is when the pathway let somebody in last, however long \
            ago. A pathway that is not tried because an earlier one let the user in counts nothing.
            """)

    @Argument(
        help: ArgumentHelp("The environment.", valueName: "environment"),
        completion: .custom { _, _, _ in await Completions.environments() }, transform: Arguments.environment)
    var environment: EnvironmentName

    @Option(
        help: ArgumentHelp("What the counts are of, up to now: 1h to 400d.", valueName: "duration"),
        transform: Arguments.seconds)
    var window: Int64 = 604_800

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run(in session: Session) async throws(Failure) {
        let list = try await session.api(self.connection.selection).pathways(of: self.environment, within: self.window)
        try session.show(list) {
            let title =
                "\(list.environment), revision \(list.revision), the last \(Duration.text(seconds: list.windowSeconds))"
            return session.style.apply(.bold, title) + "\n"
                + session.table(PathwaySummary.columns, list.pathways.map(\.row))
        }
    }
}
