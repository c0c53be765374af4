import ArgumentParser
import FlagAPI
import FlagModel

/// `flagctl context delete`.
struct ContextDeleteCommand: FlagctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete", abstract: "Forgets a context.")

    @Argument(
        help: ArgumentHelp("The context.", valueName: "name"),
        completion: .custom { _, _, _ in Completions.contexts() })
    var name: String

    @OptionGroup var output: OutputOptions

    func run(in session: Session) async throws(Failure) {
        let store = ConfigurationStore(session.surroundings)
        var configuration = try store.load()
        let context = try configuration.named(self.name)
        configuration.contexts[self.name] = nil
        if configuration.currentContext == self.name { configuration.currentContext = nil }
        try store.save(configuration)
        try session.show(ContextView(self.name, context, isCurrent: false)) { "\(self.name) is forgotten\n" }
    }
}
