import ArgumentParser
import FlagAPI

/// `flagctl rollout undo`.
struct RolloutUndoCommand: FlagctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "undo", abstract: "Ends a rollout and takes the flag back to where it found it.",
        discussion: """
            Needs no approval, asks nothing and waits for nobody. Also after the rollout's end, unless the flag was changed since. \
            Nothing else is taken back; whoever was not in the rollout before is out again.
            """)

    @OptionGroup var target: RolloutTarget

    @Flag(help: "Also refuse every ticket issued so far.")
    var revokeTickets = false

    @Option(help: ArgumentHelp("Why; it stays in the history.", valueName: "text"))
    var reason: String?

    @Flag(
        help:
            "Wait until every instance has gone back (--wait=10s: so long at most); ends with code 7 when one has not.")
    var wait = false

    @Option(
        help: ArgumentHelp("How long --wait waits, as 10s or 2m.", valueName: "duration"), transform: Arguments.seconds)
    var waitTimeout: Int64 = 30

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run(in session: Session) async throws(Failure) {
        let request = RolloutCommandRequest(
            reason: try session.reason(self.reason), revokeTickets: self.revokeTickets ? true : nil)
        try await RolloutRequest(
            session, self.connection, self.target, patience: self.wait ? .seconds(self.waitTimeout) : nil
        ).send("undo", request)
    }
}
