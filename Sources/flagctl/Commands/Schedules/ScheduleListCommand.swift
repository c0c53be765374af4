import ArgumentParser
import FlagAPI
import FlagModel

/// `flagctl schedule list`.
struct ScheduleListCommand: FlagctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "The changes that wait for their time, and what each changes.")

    @Argument(
        help: ArgumentHelp("The environment.", valueName: "environment"),
        completion: .custom { _, _, _ in await Completions.environments() }, transform: Arguments.environment)
    var environment: EnvironmentName

    @Flag(help: "Also those that came to an end, with what became of them.")
    var all = false

    @Option(name: [.customShort("n"), .long], help: ArgumentHelp("How many.", valueName: "count"))
    var limit = 50

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (1...1000).contains(self.limit) else { throw ValidationError("-n takes 1 to 1000") }
    }

    func run(in session: Session) async throws(Failure) {
        let list = try await session.api(self.connection.selection)
            .schedules(self.environment, all: self.all, limit: self.limit)
        try session.show(list) {
            guard !list.schedules.isEmpty else { return "no change is scheduled in \(self.environment)\n" }
            return session.table(
                [
                    .init("SCHEDULE", isNumeric: true), .init("AT"), .init("STATE"), .init("CHANGES", .shrinks),
                    .init("IF MISSED", .vanishes), .init("BY"), .init("NOTE", .shrinks),
                ],
                list.schedules.map { schedule in
                    [
                        String(schedule.id), schedule.at.short, schedule.state,
                        schedule.difference.entries.map(\.key).joined(separator: ", "), schedule.missedText,
                        schedule.author, schedule.note ?? schedule.revision.map { "revision \($0)" } ?? "",
                    ]
                })
        }
    }
}
