import ArgumentParser
import FlagAPI

/// `flagctl rollout resume`.
struct RolloutResumeCommand: FlagctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "resume", abstract: "Has a rollout go on that stands still.")

    @OptionGroup var target: RolloutTarget

    @Option(help: ArgumentHelp("Why; it stays in the history.", valueName: "text"))
    var reason: String?

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run(in session: Session) async throws(Failure) {
        let request = RolloutCommandRequest(reason: try session.reason(self.reason))
        try await RolloutRequest(session, self.connection, self.target).send("resume", request)
    }
}
