import ArgumentParser
import FlagAPI
import FlagModel

/// `flagctl context use`.
struct ContextUseCommand: FlagctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "use", abstract: "Makes a context the current one.")

    @Argument(
        help: ArgumentHelp("The context.", valueName: "name"),
        completion: .custom { _, _, _ in Completions.contexts() })
    var name: String

    @OptionGroup var output: OutputOptions

    func run(in session: Session) async throws(Failure) {
        let store = ConfigurationStore(session.surroundings)
        var configuration = try store.load()
        let context = try configuration.named(self.name)
        configuration.currentContext = self.name
        try store.save(configuration)
        try session.show(ContextView(self.name, context, isCurrent: true)) {
            "\(self.name) is the current context: \(context.server)\n"
        }
    }
}
