import ArgumentParser
import FlagAPI
import FlagModel

/// `flagctl ticket issue`.
struct TicketIssueCommand: FlagctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "issue", abstract: "Asks for a ticket, as the user of a JWT.")

    @Option(help: ArgumentHelp("How long it should be good for; the policy may grant less.", valueName: "seconds"))
    var ttl: Int64?

    @Flag(help: "Good more than once, if the policy permits.")
    var multiUse = false

    @Option(
        name: .customLong("permission"),
        help: ArgumentHelp("A permission wanted; by default all of the user's.", valueName: "name"))
    var permissions: [String] = []

    @Option(help: ArgumentHelp("Handed to whoever consumes the ticket.", valueName: "k=v"))
    var metadata: [String] = []

    @OptionGroup var user: JWTOptions
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run(in session: Session) async throws(Failure) {
        var metadata: [String: JSONValue] = [:]
        for text in self.metadata {
            do {
                let (name, value) = try Attribute.parse(text)
                metadata[name] = value
            } catch {
                throw Failure(.usage, "attribute-malformed", "--metadata: \(error.description)")
            }
        }
        let request = TicketIssueRequest(
            ttlSeconds: self.ttl, singleUse: self.multiUse ? false : nil,
            permissions: self.permissions.isEmpty ? nil : self.permissions,
            metadata: metadata.isEmpty ? nil : metadata)
        let jwt = try self.user.jwt(session)
        let result = try await session.api(self.connection.selection).issueTicket(request, to: jwt)
        try session.show(result) { Self.text(result, session.style) }
    }

    private static func text(_ result: TicketIssueResult, _ style: Style) -> String {
        var facts = Facts()
        facts.add("ticket", result.ticketID)
        facts.add("good for", "\(result.ttlSeconds) s, \(result.singleUse ? "once" : "any number of times")")
        facts.add("permissions", result.permissions.isEmpty ? "(none)" : result.permissions.joined(separator: ", "))
        facts.add("connect to", result.websocketURL)
        return facts.text(style)
    }
}
