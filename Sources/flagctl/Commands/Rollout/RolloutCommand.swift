import ArgumentParser

/// `flagctl rollout`.
struct RolloutCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rollout", abstract: "The share of users that get a variant.",
        subcommands: [RolloutSetCommand.self])
}
