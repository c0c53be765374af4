import ArgumentParser

/// `flagctl rollout`.
struct RolloutCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rollout", abstract: "The share of users that get a variant, at once or in steps.",
        subcommands: [RolloutSetCommand.self],
        groupedSubcommands: [
            CommandGroup(
                name: "In steps",
                subcommands: [
                    RolloutStartCommand.self, RolloutStatusCommand.self, RolloutListCommand.self,
                    RolloutHistoryCommand.self, RolloutPauseCommand.self, RolloutResumeCommand.self,
                    RolloutPromoteCommand.self, RolloutApproveCommand.self, RolloutAbortCommand.self,
                    RolloutUndoCommand.self,
                ])
        ])
}
