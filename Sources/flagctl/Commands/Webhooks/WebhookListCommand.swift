import ArgumentParser
import FlagAPI
import FlagModel

/// `flagctl webhook list`.
struct WebhookListCommand: FlagctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "The webhooks, without their secrets, and how far behind each is.")

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run(in session: Session) async throws(Failure) {
        let list = try await session.api(self.connection.selection).webhooks()
        try session.show(list) {
            session.table(
                [
                    .init("NAME"), .init("URL", .shrinks), .init("ENVIRONMENTS", .shrinks), .init("EVENTS", .shrinks),
                    .init("WAITING", isNumeric: true), .init("DROPPED", isNumeric: true),
                ],
                list.webhooks.map { webhook in
                    [
                        webhook.name, webhook.url,
                        webhook.environments?.map(\.text).joined(separator: ", ") ?? "all",
                        webhook.events?.joined(separator: ", ") ?? "all", String(webhook.waiting),
                        String(webhook.dropped),
                    ]
                })
        }
    }
}
