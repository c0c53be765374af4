import ArgumentParser

/// Where the server is and how to get in.
struct ServerOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The server (FLAGCTL_SERVER).", valueName: "url"))
    var server: String?

    @Option(help: ArgumentHelp("A file with the access token (FLAGCTL_TOKEN).", valueName: "path"), completion: .file())
    var tokenFile: String?

    @Option(help: ArgumentHelp("How long to wait for an answer.", valueName: "seconds"))
    var timeout = 10.0

    func validate() throws {
        guard self.timeout > 0, self.timeout <= 86_400 else {
            throw ValidationError("--timeout takes seconds: more than 0, at most 86400")
        }
    }

    /// The choice that these options make, with a context named elsewhere.
    func selection(context: String?) -> ConnectionSelection {
        ConnectionSelection(
            server: self.server, tokenFile: self.tokenFile, context: context, timeout: .seconds(self.timeout))
    }
}
