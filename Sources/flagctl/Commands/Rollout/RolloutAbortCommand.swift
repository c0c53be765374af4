import ArgumentParser
import FlagAPI

/// `flagctl rollout abort`.
struct RolloutAbortCommand: FlagctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "abort", abstract: "Ends a rollout and leaves the flag as it is.",
        discussion: """
            To take the flag back as well: "flagctl rollout undo".
            """)

    @OptionGroup var target: RolloutTarget

    @Option(help: ArgumentHelp("Why; it stays in the history.", valueName: "text"))
    var reason: String?

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run(in session: Session) async throws(Failure) {
        let request = RolloutCommandRequest(reason: try session.reason(self.reason))
        try await RolloutRequest(session, self.connection, self.target).send("abort", request)
    }
}
