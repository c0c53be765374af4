import ArgumentParser
import FlagAPI
import FlagModel

/// `flagctl context show`.
struct ContextShowCommand: FlagctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "One context; by default the current one.")

    @Argument(
        help: ArgumentHelp("The context.", valueName: "name"),
        completion: .custom { _, _, _ in Completions.contexts() })
    var name: String?

    @OptionGroup var output: OutputOptions

    func run(in session: Session) async throws(Failure) {
        let configuration = try ConfigurationStore(session.surroundings).load()
        guard let name = self.name ?? configuration.currentContext else {
            throw Failure(
                .usage, "unknown-context", "there is no current context",
                hint: "name one, or choose it with flagctl context use NAME")
        }
        let view = ContextView(
            name, try configuration.named(name), isCurrent: name == configuration.currentContext)
        try session.show(view) {
            var facts = Facts()
            facts.add("name", view.name + (view.isCurrent ? " (current)" : ""))
            facts.add("server", view.server)
            facts.add("token", view.token)
            return facts.text(session.style)
        }
    }
}
