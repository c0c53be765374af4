import ArgumentParser
import FlagAPI
import FlagModel

/// `flagctl ticket consume`.
struct TicketConsumeCommand: FlagctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "consume", abstract: "Consumes a ticket, as a backend whose client presents it.")

    @Argument(help: ArgumentHelp("The ticket; - reads it from standard input.", valueName: "ticket"))
    var ticket: String

    @Option(help: ArgumentHelp("The Origin header of the client's handshake.", valueName: "origin"))
    var origin: String?

    @Option(help: ArgumentHelp("The client's IP address.", valueName: "address"))
    var clientAddress: String?

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run(in session: Session) async throws(Failure) {
        let ticket = try session.ticket(self.ticket)
        let request = TicketConsumeRequest(
            ticket: ticket.revealed, origin: self.origin, clientAddress: self.clientAddress)
        let result = try await session.api(self.connection.selection).consumeTicket(request)
        try session.show(result) {
            var facts = Facts()
            facts.add("user", result.userID)
            facts.add("email", result.email)
            facts.add("permissions", result.permissions.isEmpty ? "(none)" : result.permissions.joined(separator: ", "))
            facts.add("metadata", result.metadata.isEmpty ? nil : JSONValue.object(result.metadata).canonical)
            facts.add("pathway", result.pathway)
            facts.add("revision", "issued under revision \(result.revision)")
            facts.add("use", result.singleUse ? "spent now" : "good for more")
            return facts.text(session.style)
        }
    }
}
