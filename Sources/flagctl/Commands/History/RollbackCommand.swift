import ArgumentParser
import FlagAPI
import FlagModel

/// `flagctl rollback`.
struct RollbackCommand: FlagctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "rollback", abstract: "Brings back what an older revision held, as a new revision.",
        discussion: """
            Needs no approval, asks nothing and waits for nobody. Without --to it restores the revision before the one in force; \
            a second rollback goes one further back, and never forward to what was just taken back.
            """)

    @Argument(
        help: ArgumentHelp("The environment.", valueName: "environment"),
        completion: .custom { _, _, _ in await Completions.environments() }, transform: Arguments.environment)
    var environment: EnvironmentName

    @Option(help: ArgumentHelp("The revision to restore; by default the one before.", valueName: "revision"))
    var to: Int64?

    @Flag(help: "Also refuse every ticket issued so far.")
    var revokeTickets = false

    @OptionGroup var options: ReasonOptions
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run(in session: Session) async throws(Failure) {
        let request = RollbackRequest(
            to: self.to, reason: try session.reason(self.options.reason),
            revokeTickets: self.revokeTickets ? true : nil,
            dryRun: self.options.dryRun ? true : nil,
            preview: try self.options.preview(session))
        let api = try session.api(self.connection.selection)
        let start = ContinuousClock.now
        let result = try await api.rollback(self.environment, request)
        let duration = ContinuousClock.now - start
        try await CommitReport(session: session, api: api, patience: self.options.patience)
            .show(result, after: duration)
    }
}
