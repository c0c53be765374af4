import ArgumentParser
import FlagAPI
import FlagModel

/// `flagctl webhook deliveries`.
struct WebhookDeliveriesCommand: FlagctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "deliveries", abstract: "What a webhook was told and is to be told, newest first.")

    @Argument(help: ArgumentHelp("The webhook's name.", valueName: "name"))
    var name: String

    @Option(name: [.customShort("n"), .long], help: ArgumentHelp("How many.", valueName: "count"))
    var limit = 50

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (1...1000).contains(self.limit) else { throw ValidationError("-n takes 1 to 1000") }
    }

    func run(in session: Session) async throws(Failure) {
        let list = try await session.api(self.connection.selection).deliveries(of: self.name, limit: self.limit)
        try session.show(list) {
            session.table(
                [
                    .init("EVENT"), .init("STATE"), .init("AT"), .init("ATTEMPTS", isNumeric: true),
                    .init("ANSWER", .shrinks), .init("MS", isNumeric: true), .init("NEXT", .vanishes),
                    .init("ID", .vanishes),
                ],
                list.deliveries.map { delivery in
                    [
                        delivery.event, delivery.state, delivery.createdAt.short, String(delivery.attempts),
                        delivery.status.map(String.init) ?? delivery.failure ?? "",
                        delivery.milliseconds.map(String.init) ?? "", delivery.nextAttemptAt?.short ?? "", delivery.id,
                    ]
                })
        }
    }
}
