import ArgumentParser
import FlagAPI
import FlagModel

/// `flagctl webhook test`.
struct WebhookTestCommand: FlagctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "test", abstract: "Has the server send one signed event now, and says what came of it.",
        discussion: "Ends with code 1 when the event was not taken, that is, not answered with 2xx.")

    @Argument(help: ArgumentHelp("The webhook's name.", valueName: "name"))
    var name: String

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run(in session: Session) async throws(Failure) {
        let result = try await session.api(self.connection.selection).testWebhook(self.name)
        let answer = result.status.map { "answered with \($0)" } ?? "not answered (\(result.failure ?? "unknown"))"
        try session.show(result) { "\(result.id): \(answer) after \(result.milliseconds) ms\n" }
        guard result.delivered else {
            throw Failure(.error, "webhook-not-taken", "\(self.name) did not take the event: \(answer)")
        }
    }
}
