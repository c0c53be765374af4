import ArgumentParser
import FlagAPI
import FlagModel

/// `flagctl audit tail`.
struct AuditTailCommand: FlagctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "tail", abstract: "The newest entries, oldest first.")

    @Option(name: .customShort("n"), help: ArgumentHelp("How many.", valueName: "count"))
    var count: Int64 = 20

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (1...10_000).contains(self.count) else { throw ValidationError("-n takes 1 to 10000") }
    }

    func run(in session: Session) async throws(Failure) {
        let api = try session.api(self.connection.selection)
        let last = try await api.audit(after: 0, limit: 1).lastSequence
        var entries: [AuditEntry] = []
        try await api.eachAuditPage(after: max(0, last - self.count)) { page throws(Failure) in
            entries += page.entries
        }
        try session.show(entries) {
            session.table(
                [
                    .init("ENTRY", isNumeric: true), .init("AT"), .init("BY"), .init("ACTION"), .init("ENVIRONMENT"),
                    .init("REVISION", isNumeric: true), .init("REASON", .shrinks),
                ],
                entries.map { entry in
                    [
                        String(entry.sequence), entry.at.short, entry.actor, entry.action,
                        entry.environment?.text ?? "", entry.revision.map(String.init) ?? "", Self.reason(entry),
                    ]
                })
        }
    }

    /// Why, or for an entry without a reason, about which name it is: a token's.
    private static func reason(_ entry: AuditEntry) -> String {
        guard entry.reason.isEmpty, case .string(let name) = entry.detail["name"] else { return entry.reason }
        return entry.action.hasPrefix("tokens.") ? "token \(name)" : name
    }
}
