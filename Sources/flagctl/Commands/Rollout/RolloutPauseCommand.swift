import ArgumentParser
import FlagAPI

/// `flagctl rollout pause`.
struct RolloutPauseCommand: FlagctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "pause", abstract: "Has a rollout stand still.",
        discussion: """
            The flag stays as it is, and guards go on looking. It goes on with "flagctl rollout resume".
            """)

    @OptionGroup var target: RolloutTarget

    @Option(help: ArgumentHelp("Why; it stays in the history.", valueName: "text"))
    var reason: String?

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run(in session: Session) async throws(Failure) {
        let request = RolloutCommandRequest(reason: try session.reason(self.reason))
        try await RolloutRequest(session, self.connection, self.target).send("pause", request)
    }
}
