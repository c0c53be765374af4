import ArgumentParser
import FlagAPI
import FlagModel

/// `flagctl disable`.
struct DisableCommand: FlagctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "disable", abstract: "Switches a flag off: callers use their own default.")

    @Argument(
        help: ArgumentHelp("The environment.", valueName: "environment"),
        completion: .custom { _, _, _ in await Completions.environments() }, transform: Arguments.environment)
    var environment: EnvironmentName

    @Argument(
        help: ArgumentHelp("The flag's key.", valueName: "flag"),
        completion: .custom { words, index, _ in await Completions.flags(words, index) }, transform: Arguments.flag)
    var flag: FlagKey

    @OptionGroup var options: CommitOptions
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run(in session: Session) async throws(Failure) {
        let sample = try self.options.reason.givenSample(session)
        let reason = try session.reason(self.options.reason.reason)
        let api = try session.api(self.connection.selection)
        try await ChangeFlow(session, api, self.environment, self.options, sample: sample)
            .commit([.disable(self.flag)], because: reason)
    }
}
