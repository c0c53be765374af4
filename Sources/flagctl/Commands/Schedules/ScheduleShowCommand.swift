import ArgumentParser
import FlagAPI
import FlagModel

/// `flagctl schedule show`.
struct ScheduleShowCommand: FlagctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "A scheduled change: what it changes, and what became of it.")

    @Argument(
        help: ArgumentHelp("The environment.", valueName: "environment"),
        completion: .custom { _, _, _ in await Completions.environments() }, transform: Arguments.environment)
    var environment: EnvironmentName

    @Argument(help: ArgumentHelp("The scheduled change's number.", valueName: "schedule"))
    var schedule: Int64

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run(in session: Session) async throws(Failure) {
        let detail = try await session.api(self.connection.selection).schedule(self.schedule, in: self.environment)
        try session.show(detail) { detail.text(session.style) }
    }
}
