import ArgumentParser
import FlagAPI
import FlagModel

/// `flagctl ticket revoke`.
struct TicketRevokeCommand: FlagctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke", abstract: "Revokes a ticket, as its owner.")

    @Argument(help: ArgumentHelp("The ticket; - reads it from standard input.", valueName: "ticket"))
    var ticket: String

    @OptionGroup var user: JWTOptions
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run(in session: Session) async throws(Failure) {
        let ticket = try session.ticket(self.ticket)
        let jwt = try self.user.jwt(session)
        let result = try await session.api(self.connection.selection).revokeTicket(ticket, of: jwt)
        try session.show(result) { result.message.printable + "\n" }
    }
}
