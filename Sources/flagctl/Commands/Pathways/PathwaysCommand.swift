import ArgumentParser

/// `flagctl pathways`.
struct PathwaysCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pathways", abstract: "The ways to authenticate a WebSocket, and how much each is used.",
        subcommands: [PathwaysShowCommand.self, PathwaysRetireCommand.self], defaultSubcommand: PathwaysShowCommand.self
    )
}
