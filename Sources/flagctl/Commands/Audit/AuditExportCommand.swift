import ArgumentParser
import FlagAPI
import FlagModel

/// `flagctl audit export`.
struct AuditExportCommand: FlagctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "All entries, to keep elsewhere and to verify offline.",
        discussion: """
            Writes JSON lines, page by page; with -o json one JSON array.
            """)

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run(in session: Session) async throws(Failure) {
        let api = try session.api(self.connection.selection)
        guard session.format == .table else {
            var entries: [AuditEntry] = []
            try await api.eachAuditPage(after: 0) { page throws(Failure) in entries += page.entries }
            return try session.show(entries) { "" }
        }
        try await api.eachAuditPage(after: 0) { page throws(Failure) in
            for entry in page.entries { try session.write(try Session.json(entry).canonical + "\n") }
        }
    }
}
