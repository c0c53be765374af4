import ArgumentParser
import FlagAPI
import FlagModel

/// `flagctl apply`.
struct ApplyCommand: FlagctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "apply", abstract: "Makes an environment what a file declares.",
        discussion: """
            Flags, segments and settings become what the file says; flags and segments that it does not name stay, unless --prune \
            is given. Applying \
            the same file again changes nothing and makes no revision. With several files each environment is a change of its own.
            """)

    @Option(
        name: [.customShort("f"), .customLong("file")], parsing: .upToNextOption,
        help: ArgumentHelp("YAML or JSON files, one environment each; - is standard input.", valueName: "path"),
        completion: .file(extensions: ["yaml", "yml", "json"]))
    var files: [String] = []

    @Flag(help: "Remove the flags and segments that the file does not name.")
    var prune = false

    @Flag(help: "Make a new environment even though its name is near that of another one.")
    var create = false

    @OptionGroup var options: CommitOptions
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard !self.files.isEmpty else { throw ValidationError("say which files: -f environments/development.yaml") }
        guard self.options.base == nil || self.files.count == 1 else {
            throw ValidationError("--base goes with one file: revisions are counted per environment")
        }
        guard self.options.reason.sample != "-" || !self.files.contains("-") else {
            throw ValidationError("standard input holds either the file or the sample")
        }
    }

    func run(in session: Session) async throws(Failure) {
        // Everything is read before anything is sent: a fault in the last file leaves nothing half done.
        var documents: [EnvironmentDocument] = []
        for file in self.files { documents.append(try DocumentFile.environment(file, session)) }
        let sample = try self.options.reason.givenSample(session)
        let reason = try session.reason(self.options.reason.reason)
        let api = try session.api(self.connection.selection)
        var summaries: [EnvironmentName: EnvironmentSummary] = [:]
        for document in documents { summaries[document.name] = try await self.summary(of: document.name, api) }
        for document in documents {
            // Each is of use once: another file for the same environment is applied to what this one made.
            let known = summaries.removeValue(forKey: document.name)
            let summary = if let known { known } else { try await self.summary(of: document.name, api) }
            let flow = ChangeFlow(session, api, document.name, self.options, sample: sample)
            try await flow.run(
                base: self.options.base ?? summary?.revision, isProtected: summary?.protected ?? false
            ) { [prune] terms throws(Failure) in
                try await api.apply(
                    ApplyRequest(
                        baseRevision: terms.base, reason: reason, document: document, prune: prune ? true : nil,
                        dryRun: terms.isDryRun ? true : nil, preview: terms.preview,
                        schedule: terms.schedule))
            }
        }
    }

    /// The environment as it is, or nil when the document will create it.
    ///
    /// - Throws: ``Failure`` with status ``ExitStatus/invalid`` when the name looks like a slip.
    private func summary(of name: EnvironmentName, _ api: APIClient) async throws(Failure) -> EnvironmentSummary? {
        do {
            return try await api.environment(name).summary
        } catch {
            guard error.problem.type == "unknown-environment" else { throw error }
            guard !self.create, error.problem.suggestion != nil else { return nil }
            var failure = error
            failure.status = .invalid
            failure.hint = "add --create to make a new environment"
            throw failure
        }
    }
}
