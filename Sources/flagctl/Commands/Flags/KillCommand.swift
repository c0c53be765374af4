import ArgumentParser
import FlagAPI
import FlagModel

/// `flagctl kill`.
struct KillCommand: FlagctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "kill", abstract: "Takes a flag to its safe variant for everyone, at once.",
        discussion: """
            Needs no approval, asks nothing and waits for nobody. The flag stays killed until "flagctl enable".
            """)

    @Argument(
        help: ArgumentHelp("The environment.", valueName: "environment"),
        completion: .custom { _, _, _ in await Completions.environments() }, transform: Arguments.environment)
    var environment: EnvironmentName

    @Argument(
        help: ArgumentHelp("The flag's key.", valueName: "flag"),
        completion: .custom { words, index, _ in await Completions.flags(words, index) }, transform: Arguments.flag)
    var flag: FlagKey

    @OptionGroup var options: ReasonOptions
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run(in session: Session) async throws(Failure) {
        let request = KillRequest(
            reason: try session.reason(self.options.reason), dryRun: self.options.dryRun ? true : nil,
            preview: try self.options.preview(session))
        let api = try session.api(self.connection.selection)
        let start = ContinuousClock.now
        let result = try await api.kill(self.flag, in: self.environment, request)
        let duration = ContinuousClock.now - start
        try await CommitReport(session: session, api: api, patience: self.options.patience)
            .show(result, after: duration)
    }
}
