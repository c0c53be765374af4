import ArgumentParser

/// `flagctl env`.
struct EnvironmentCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "env", abstract: "Environments.", subcommands: [EnvironmentListCommand.self])
}
