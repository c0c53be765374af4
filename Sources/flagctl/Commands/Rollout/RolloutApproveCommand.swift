import ArgumentParser
import FlagAPI

/// `flagctl rollout approve`.
struct RolloutApproveCommand: FlagctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "approve", abstract: "Approves the step that a rollout stands before.",
        discussion: """
            Nobody approves a rollout that they started. Say --step with the step that you looked at, and no other is approved.
            """)

    @OptionGroup var target: RolloutTarget

    @Option(help: ArgumentHelp("The step, from 1; by default the one that waits.", valueName: "number"))
    var step: Int64?

    @Option(help: ArgumentHelp("Why; it stays in the history.", valueName: "text"))
    var reason: String?

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run(in session: Session) async throws(Failure) {
        let reason = try session.reason(self.reason)
        try await RolloutRequest(session, self.connection, self.target).send("approve") { detail in
            RolloutCommandRequest(reason: reason, step: self.step ?? detail.summary.step)
        }
    }
}
