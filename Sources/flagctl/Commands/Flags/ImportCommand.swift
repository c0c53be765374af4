import ArgumentParser
import FlagAPI
import FlagModel

/// `flagctl import`.
struct ImportCommand: FlagctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Takes in flags that another program wrote.",
        discussion: """
            Flags, segments ($evaluators) and metadata become what the file says, in one revision; flags and segments that it does \
            not name stay, unless --prune is given. A flag that exists keeps what flagd has no room for: description, owner, safe \
            variant, policy for staleness and constraints.
            """)

    @Argument(
        help: ArgumentHelp("The environment.", valueName: "environment"),
        completion: .custom { _, _, _ in await Completions.environments() }, transform: Arguments.environment)
    var environment: EnvironmentName

    @Option(
        name: [.customShort("f"), .customLong("file")],
        help: ArgumentHelp("The file; - is standard input.", valueName: "path"),
        completion: .file(extensions: ["json", "yaml", "yml"]))
    var file: String

    @Option(help: ArgumentHelp("What the file holds: flagd.", valueName: "format"))
    var format = InterchangeFormat.flagd

    @Flag(help: "Remove the flags and segments that the file does not name.")
    var prune = false

    @OptionGroup var options: CommitOptions
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard self.options.reason.sample != "-" || self.file != "-" else {
            throw ValidationError("standard input holds either the file or the sample")
        }
    }

    func run(in session: Session) async throws(Failure) {
        let imported = try self.imported(session)
        let sample = try self.options.reason.givenSample(session)
        let reason = try session.reason(self.options.reason.reason)
        let api = try session.api(self.connection.selection)
        let summary = try await api.environment(self.environment).summary
        let current = try ExportedEnvironment.content(try await api.document(self.environment), of: api)
        let document = FlagdImport.document(imported, into: self.environment, over: current)
        let flow = ChangeFlow(session, api, self.environment, self.options, sample: sample)
        try await flow.run(base: self.options.base ?? summary.revision, isProtected: summary.protected) {
            [prune] terms throws(Failure) in
            try await api.apply(
                ApplyRequest(
                    baseRevision: terms.base, reason: reason, document: document, prune: prune ? true : nil,
                    dryRun: terms.isDryRun ? true : nil, preview: terms.preview,
                    schedule: terms.schedule))
        }
    }

    private func imported(_ session: Session) throws(Failure) -> FlagdDocument {
        let json = try DocumentFile.value(self.file, session)
        do {
            return try FlagdDocument(json: json)
        } catch {
            throw Failure(error, in: self.file == "-" ? "standard input" : self.file)
        }
    }
}
