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
                        Self.summary(of: revision), revision.reason,
                    ]
                })
            let more = list.nextBefore.map { "older ones: flagctl history \(self.environment) --before \($0)\n" }
            return table + (more.map { session.style.apply(.dim, $0) } ?? "")
        }
    }

    /// What it changed, while that is little; a first apply names every flag there is.
    private static func summary(of revision: RevisionSummary) -> String {
        let parts = revision.flags + (revision.segments ?? []).map { "segment \($0)" }
        return parts.count <= 2 ? parts.joined(separator: ", ") : "\(parts[0]) and \(parts.count - 1) more"
    }
}
