import ArgumentParser
import FlagAPI
import FlagModel

/// `flagctl export`.
struct ExportCommand: FlagctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "An environment as the file that apply takes.",
        discussion: """
            With --format flagd it is flagd's JSON, as GET /flagd/v1/environments/ENVIRONMENT/flags.json serves it to flagd \
            daemons. A flag that would answer differently there is refused with the reason; --partial leaves it out.
            """)

    @Argument(
        help: ArgumentHelp("The environment.", valueName: "environment"),
        completion: .custom { _, _, _ in await Completions.environments() }, transform: Arguments.environment)
    var environment: EnvironmentName

    @Option(help: ArgumentHelp("Another program's form: flagd.", valueName: "format"))
    var format: InterchangeFormat?

    @Flag(help: "With --format: leave out the flags that cannot be said in it.")
    var partial = false

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run(in session: Session) async throws(Failure) {
        let api = try session.api(self.connection.selection)
        let document = try await api.document(self.environment)
        switch (self.format, session.format) {
        case (nil, .table), (nil, .yaml): try session.write(YAMLDocument.emit(document))
        case (nil, .json): try session.write(document.pretty + "\n")
        case (.flagd?, let format):
            let export = try self.flagd(try ExportedEnvironment.content(document, of: api), session)
            try session.write(format == .yaml ? YAMLDocument.emit(export) : export.pretty + "\n")
        }
    }

    private func flagd(_ content: EnvironmentContent, _ session: Session) throws(Failure) -> JSONValue {
        let export = FlagdDocument.export(content)
        guard export.refusals.isEmpty || self.partial else {
            var failure = Failure(
                .invalid, "not-exportable",
                "\(export.refusals.count) of \(content.flags.count) flags cannot be exported",
                hint: "change them, or leave them out with --partial")
            failure.problem.issues = export.refusals.map { Issue(path: "flags.\($0.flag)", message: $0.reason) }
            throw failure
        }
        for refusal in export.refusals { session.warn("left out: \(refusal)") }
        return export.document
    }
}
