import ArgumentParser
import FlagAPI
import FlagModel

/// `flagctl context set`.
struct ContextSetCommand: FlagctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "set", abstract: "Makes or changes a context.")

    @Argument(
        help: ArgumentHelp("The context.", valueName: "name"),
        completion: .custom { _, _, _ in Completions.contexts() })
    var name: String

    @Option(help: ArgumentHelp("The server.", valueName: "url"))
    var server: String?

    @Option(help: ArgumentHelp("A file with the access token; it stays there.", valueName: "path"), completion: .file())
    var tokenFile: String?

    @Flag(help: "Read the access token from standard input and store it in the configuration file.")
    var tokenStdin = false

    @Flag(help: "Make it the current context; the first one is.")
    var use = false

    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard self.tokenFile == nil || !self.tokenStdin else {
            throw ValidationError("--token-file and --token-stdin exclude each other")
        }
    }

    func run(in session: Session) async throws(Failure) {
        let store = ConfigurationStore(session.surroundings)
        var configuration = try store.load()
        var context = try self.context(configuration.contexts[self.name])
        if let path = self.tokenFile {
            context.token = nil
            context.tokenFile = FileAccess.absolute(path)
        } else if self.tokenStdin {
            if session.surroundings.console.isTerminal(.input) {
                session.surroundings.console.tell("token: ")
            }
            guard let token = session.surroundings.console.readLine(secret: true).flatMap(Secret.init) else {
                throw Failure(.usage, "token-malformed", "standard input does not hold one token")
            }
            context.token = token
            context.tokenFile = nil
        }
        configuration.contexts[self.name] = context
        if self.use || configuration.contexts.count == 1 { configuration.currentContext = self.name }
        try store.save(configuration)
        let view = ContextView(self.name, context, isCurrent: configuration.currentContext == self.name)
        try session.show(view) {
            "\(view.name) is \(view.server), token: \(view.token)\(view.isCurrent ? ", current" : "")\n"
        }
    }

    private func context(_ old: ConfigurationFile.Context?) throws(Failure) -> ConfigurationFile.Context {
        guard let text = self.server else {
            if let old { return old }
            throw Failure(
                .usage, "server-missing", "a new context needs a server", hint: "add --server http://host:port")
        }
        do {
            let server = try ServerURL(parsing: text)
            // A token is for one server; it does not move to another unasked.
            return old.flatMap { $0.server == server ? $0 : nil } ?? ConfigurationFile.Context(server: server)
        } catch {
            throw Failure(.usage, "server-malformed", "--server: \(error.description)")
        }
    }
}
