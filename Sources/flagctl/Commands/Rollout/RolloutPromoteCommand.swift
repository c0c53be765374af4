import ArgumentParser
import FlagAPI

/// `flagctl rollout promote`.
struct RolloutPromoteCommand: FlagctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "promote", abstract: "Takes the next step without waiting for the hold or for guards.",
        discussion: """
            Tickets of the step in force age out first, and a step that needs an approval still does.
            """)

    @OptionGroup var target: RolloutTarget

    @Flag(help: "Take the last step rather than the next.")
    var full = false

    @Option(help: ArgumentHelp("Why; it stays in the history.", valueName: "text"))
    var reason: String?

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run(in session: Session) async throws(Failure) {
        let request = RolloutCommandRequest(reason: try session.reason(self.reason), full: self.full ? true : nil)
        try await RolloutRequest(session, self.connection, self.target).send("promote", request)
    }
}
