import ArgumentParser

/// The server, or the context that names it.
struct ConnectionOptions: ParsableArguments {
    @OptionGroup var server: ServerOptions

    @Option(
        name: [.customLong("context"), .customLong("use-context")],
        help: ArgumentHelp("A context of the configuration (FLAGCTL_CONTEXT).", valueName: "name"),
        completion: .custom { _, _, _ in Completions.contexts() })
    var context: String?

    /// The choice that these options make.
    var selection: ConnectionSelection { self.server.selection(context: self.context) }
}
