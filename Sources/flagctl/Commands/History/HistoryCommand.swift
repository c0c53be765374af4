import ArgumentParser
import FlagAPI
import FlagModel

/// `flagctl history`.
struct HistoryCommand: FlagctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "history", abstract: "The revisions of an environment, newest first.")

    @Argument(
        help: ArgumentHelp("The environment.", valueName: "environment"),
        completion: .custom { _, _, _ in await Completions.environments() }, transform: Arguments.environment)
    var environment: EnvironmentName

    @Option(name: [.customShort("n"), .long], help: ArgumentHelp("How many.", valueName: "count"))
    var limit = 20

    @Option(help: ArgumentHelp("Only revisions older than this one.", valueName: "revision"))
    var before: Int64?

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (1...1000).contains(self.limit) else { throw ValidationError("-n takes 1 to 1000") }
    }

    func run(in session: Session) async throws(Failure) {
        let list = try await session.api(self.connection.selection)
            .revisions(self.environment, before: self.before, limit: self.limit)
        try session.show(list) {
            let table = session.table(
                [
                    .init("REVISION", isNumeric: true), .init("AT"), .init("BY"), .init("KIND"),
                    .init("FLAGS", .shrinks),
                    .init("REASON", .shrinks),
                ],
                list.revisions.map { revision in
                    [
                        String(revision.revision), revision.at.short, revision.author,
                        revision.kind.rawValue + (revision.restoredRevision.map { " to \($0)" } ?? ""),
                        Self.summary(of: revision.flags), revision.reason,
                    ]
                })
            let more = list.nextBefore.map { "older ones: flagctl history \(self.environment) --before \($0)\n" }
            return table + (more.map { session.style.apply(.dim, $0) } ?? "")
        }
    }

    /// The keys while they are few; a first apply names every flag there is.
    private static func summary(of flags: [String]) -> String {
        flags.count <= 2 ? flags.joined(separator: ", ") : "\(flags[0]) and \(flags.count - 1) more"
    }
}
