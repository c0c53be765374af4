import ArgumentParser

/// `flagctl webhook`.
struct WebhookCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "webhook", abstract: "Who is told over HTTP what happens.",
        subcommands: [
            WebhookListCommand.self, WebhookCreateCommand.self, WebhookTestCommand.self, WebhookDeliveriesCommand.self,
            WebhookDeleteCommand.self,
        ])
}
