import ArgumentParser

/// `flagctl review`.
struct ReviewCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "review",
        abstract: "What was killed or taken back, until someone else has looked at it.",
        subcommands: [ReviewListCommand.self, ReviewShowCommand.self, ReviewCloseCommand.self])
}
