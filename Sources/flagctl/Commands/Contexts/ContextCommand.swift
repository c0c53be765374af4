import ArgumentParser

/// `flagctl context`.
struct ContextCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "context", abstract: "Named servers with their tokens, in the configuration file.",
        subcommands: [
            ContextListCommand.self, ContextUseCommand.self, ContextSetCommand.self, ContextShowCommand.self,
            ContextDeleteCommand.self,
        ])
}
