import ArgumentParser
import FlagAPI
import FlagModel

/// `flagctl schedule cancel`.
struct ScheduleCancelCommand: FlagctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel", abstract: "Calls a scheduled change off.")

    @Argument(
        help: ArgumentHelp("The environment.", valueName: "environment"),
        completion: .custom { _, _, _ in await Completions.environments() }, transform: Arguments.environment)
    var environment: EnvironmentName

    @Argument(help: ArgumentHelp("The scheduled change's number.", valueName: "schedule"))
    var schedule: Int64

    @Option(help: ArgumentHelp("Why; it stays in the audit.", valueName: "text"))
    var reason: String?

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run(in session: Session) async throws(Failure) {
        let reason = try session.reason(self.reason)
        let detail = try await session.api(self.connection.selection)
            .cancelSchedule(self.schedule, in: self.environment, because: reason)
        try session.show(detail) { "schedule \(detail.id) of \(detail.environment) is cancelled\n" }
    }
}
