import ArgumentParser
import FlagAPI
import FlagModel

/// `flagctl rollout set`.
struct RolloutSetCommand: FlagctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "set", abstract: "Sets the share of users that get a variant.",
        discussion: """
            Who is in at 10 % is in at 25 %: a hash of the user decides, and it never changes its mind.
            """)

    @Argument(
        help: ArgumentHelp("The environment.", valueName: "environment"),
        completion: .custom { _, _, _ in await Completions.environments() }, transform: Arguments.environment)
    var environment: EnvironmentName

    @Argument(
        help: ArgumentHelp("The flag's key.", valueName: "flag"),
        completion: .custom { words, index, _ in await Completions.flags(words, index) }, transform: Arguments.flag)
    var flag: FlagKey

    @Argument(
        help: ArgumentHelp("0 to 100, in steps of 0.001, as 25, 25% or 0.5.", valueName: "percent"),
        transform: Arguments.percentage)
    var percentage: Percentage

    @Option(
        help: ArgumentHelp(
            "The variant; by default the one being rolled out, or the only one that is neither default nor safe.",
            valueName: "name"))
    var variant: String?

    @OptionGroup var options: CommitOptions
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run(in session: Session) async throws(Failure) {
        let sample = try self.options.reason.givenSample(session)
        let reason = try session.reason(self.options.reason.reason)
        let api = try session.api(self.connection.selection)
        try await ChangeFlow(session, api, self.environment, self.options, sample: sample)
            .commit([.rollout(self.flag, percentage: self.percentage, variant: self.variant)], because: reason)
    }
}
