import ArgumentParser
import FlagAPI
import FlagModel

/// `flagctl eval`.
struct EvaluateCommand: FlagctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "eval", abstract: "What a flag answers for somebody, and why.",
        discussion: """
            With --explain also the way to the answer: state, prerequisites, targeting, and where the rollout's hash puts them.

            A value after --context k=v is JSON where it is true, false, null, a number as JSON writes it, an array, an object or \
            a string in double quotes; anything else is a string.
            """)

    @OptionGroup var target: FlagArguments

    @Option(
        name: .customLong("context"), help: ArgumentHelp("An attribute of the evaluation context.", valueName: "k=v"))
    var attributes: [String] = []

    @Option(help: ArgumentHelp("Who: what a rollout hashes.", valueName: "key"))
    var targetingKey: String?

    @Option(
        help: ArgumentHelp("A YAML or JSON file with attributes; - is standard input.", valueName: "path"),
        completion: .file())
    var contextFile: String?

    @Option(help: ArgumentHelp("Evaluate this revision; by default the one in force.", valueName: "revision"))
    var revision: Int64?

    @Flag(help: "Show the way to the answer, and the rollout's bucket.")
    var explain = false

    @Option(
        help: ArgumentHelp("A context of the configuration (FLAGCTL_CONTEXT).", valueName: "name"),
        completion: .custom { _, _, _ in Completions.contexts() })
    var useContext: String?

    @OptionGroup var server: ServerOptions
    @OptionGroup var output: OutputOptions

    func run(in session: Session) async throws(Failure) {
        let request = EvaluateRequest(context: try self.context(session), revision: self.revision)
        let result = try await session.api(self.server.selection(context: self.useContext))
            .evaluate(self.target.flag, in: self.target.environment, request)
        try session.show(result) { self.text(result, session.style) }
    }

    /// The file's attributes, then those of the command line, then the targeting key.
    func context(_ session: Session) throws(Failure) -> [String: JSONValue] {
        var context: [String: JSONValue] = [:]
        if let path = self.contextFile {
            let value = try DocumentFile.value(path, session)
            guard let members = value.objectValue else {
                throw Failure(.invalid, "document-invalid", "\(path): expected an object, found \(value.kind)")
            }
            context = members
        }
        for text in self.attributes {
            do {
                let (name, value) = try Attribute.parse(text)
                // A targeting key is a text, also one that is all digits.
                let isKey = name == "targetingKey" && value.stringValue == nil
                context[name] = isKey ? .string(String(text.dropFirst(name.count + 1))) : value
            } catch {
                throw Failure(
                    .usage, "attribute-malformed", "--context: \(error.description)",
                    hint: "here --context is the evaluation context; --use-context names one of the configuration")
            }
        }
        if let key = self.targetingKey { context["targetingKey"] = .string(key) }
        return context
    }

    private func text(_ result: EvaluateResult, _ style: Style) -> String {
        var facts = Facts()
        facts.add("flag", "\(result.key) in \(result.environment), revision \(result.revision)")
        facts.add("value", result.value?.canonical ?? "(none: the caller's default)")
        facts.add("variant", result.variant)
        facts.add("reason", result.reason.rawValue)
        facts.add("error", result.errorCode.map { "\($0.rawValue): \(result.errorDetails ?? "")" })
        guard self.explain else { return facts.text(style) }
        facts.add("bucket", result.bucket.map { "\($0) of 100000" })
        let width = result.steps.map(\.part.displayWidth).max() ?? 0
        let steps = result.steps.map { step in
            step.part + String(repeating: " ", count: width - step.part.displayWidth) + "  " + step.finding
        }
        facts.add("path", steps.isEmpty ? nil : steps.joined(separator: "\n"))
        return facts.text(style)
    }
}
