import ArgumentParser
import FlagAPI
import FlagModel

/// `flagctl segment list`.
struct SegmentListCommand: FlagctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "The segments of an environment, and how many rules name each.")

    @Argument(
        help: ArgumentHelp("The environment.", valueName: "environment"),
        completion: .custom { _, _, _ in await Completions.environments() }, transform: Arguments.environment)
    var environment: EnvironmentName

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run(in session: Session) async throws(Failure) {
        let list = try await session.api(self.connection.selection).segments(self.environment)
        try session.show(list) {
            session.table(
                [
                    .init("SEGMENT"), .init("FLAGS", isNumeric: true), .init("SEGMENTS", isNumeric: true),
                    .init("DESCRIPTION", .shrinks),
                ],
                list.segments.map { segment in
                    [
                        segment.name.text, String(segment.usedBy.flags.count), String(segment.usedBy.segments.count),
                        segment.definition["description"]?.stringValue ?? "",
                    ]
                })
        }
    }
}
