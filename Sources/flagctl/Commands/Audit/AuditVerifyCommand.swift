import ArgumentParser
import FlagAPI
import FlagModel

/// `flagctl audit verify`.
struct AuditVerifyCommand: FlagctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Checks that no entry was changed, left out or put in.",
        discussion: """
            Without --file the entries are downloaded first. Note the last digest somewhere the server's machine cannot reach: \
            given as --anchor next time, it proves that nothing since the chain's start was rewritten.
            """)

    @Option(
        help: ArgumentHelp("An exported file (JSON lines or a JSON array); - is standard input.", valueName: "path"),
        completion: .file())
    var file: String?

    @Option(
        help: ArgumentHelp(
            "A last digest noted earlier, which the chain must contain: shows that its end was not cut off.",
            valueName: "digest"))
    var anchor: String?

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run(in session: Session) async throws(Failure) {
        var check = AuditCheck(anchor: self.anchor)
        if let file = self.file {
            let (text, name) = try DocumentFile.text(file, session)
            let entries = try AuditFile.entries(text, in: name)
            // An export that failed leaves an empty file: that proves nothing.
            guard !entries.isEmpty else {
                throw Failure(
                    .error, "audit-empty", "\(name) holds no entry of an audit: nothing was verified",
                    hint: "write it anew: flagctl audit export > \(file == "-" ? "FILE" : file)")
            }
            try check.check(entries)
        } else {
            let api = try session.api(self.connection.selection)
            try await api.eachAuditPage(after: 0) { page throws(Failure) in try check.check(page.entries) }
        }
        let summary = try check.finish()
        try session.show(summary) {
            "the audit chain is whole: \(summary.entries) entries\nlast digest \(summary.lastDigest)\n"
        }
    }
}
