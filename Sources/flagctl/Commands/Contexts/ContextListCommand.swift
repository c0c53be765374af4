import ArgumentParser
import FlagAPI
import FlagModel

/// `flagctl context list`.
struct ContextListCommand: FlagctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "The contexts; * marks the current one.")

    @OptionGroup var output: OutputOptions

    func run(in session: Session) async throws(Failure) {
        let configuration = try ConfigurationStore(session.surroundings).load()
        let views = configuration.contexts.sorted { $0.key < $1.key }.map { name, context in
            ContextView(name, context, isCurrent: name == configuration.currentContext)
        }
        try session.show(views) {
            guard !views.isEmpty else { return "no contexts; make one: flagctl context set NAME --server URL\n" }
            return session.table(
                [.init(""), .init("NAME"), .init("SERVER"), .init("TOKEN")],
                views.map { [$0.isCurrent ? "*" : "", $0.name, $0.server, $0.token] })
        }
    }
}
