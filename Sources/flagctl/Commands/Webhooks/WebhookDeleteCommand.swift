import ArgumentParser
import FlagAPI
import FlagModel

/// `flagctl webhook delete`.
struct WebhookDeleteCommand: FlagctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete", abstract: "Ends a webhook; what waits for it is never sent.")

    @Argument(help: ArgumentHelp("Its name.", valueName: "name"))
    var name: String

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run(in session: Session) async throws(Failure) {
        let webhook = try await session.api(self.connection.selection).deleteWebhook(self.name)
        try session.show(webhook) { "\(webhook.name) is told nothing more\n" }
    }
}
