import ArgumentParser
import FlagAPI
import FlagModel

/// `flagctl ticket validate`.
struct TicketValidateCommand: FlagctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate", abstract: "Whether a ticket is good, without consuming it.",
        discussion: """
            Asks as the user of --jwt-file or FLAGCTL_JWT when one is given, else with the access token of a backend. Ends with \
            code 1 when the ticket is not good.
            """)

    @Argument(help: ArgumentHelp("The ticket; - reads it from standard input.", valueName: "ticket"))
    var ticket: String

    @OptionGroup var user: JWTOptions
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run(in session: Session) async throws(Failure) {
        let ticket = try session.ticket(self.ticket)
        let api = try session.api(self.connection.selection)
        let jwt = try self.user.jwtIfGiven(session)
        let result = try await api.validateTicket(ticket, as: jwt.map(Credential.userJWT) ?? .accessToken)
        try session.show(result) {
            var facts = Facts()
            facts.add("valid", result.valid ? "yes" : "no")
            facts.add("user", result.userID)
            facts.add("email", result.email)
            facts.add("permissions", result.permissions.map { $0.joined(separator: ", ") })
            return facts.text(session.style)
        }
        guard result.valid else {
            throw Failure(.error, "ticket-not-valid", "the ticket is not good: \(result.error ?? "no reason given")")
        }
    }
}
