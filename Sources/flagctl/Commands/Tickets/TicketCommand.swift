import ArgumentParser

/// `flagctl ticket`.
struct TicketCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ticket", abstract: "WebSocket tickets, as a user and as a backend.",
        subcommands: [
            TicketIssueCommand.self, TicketConsumeCommand.self, TicketValidateCommand.self, TicketRevokeCommand.self,
        ])
}
