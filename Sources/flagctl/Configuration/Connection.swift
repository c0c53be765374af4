import FlagAPI
import FlagModel

/// Where requests go and with which token, with the origin of both for messages.
struct Connection: Sendable {
    /// The server.
    let server: ServerURL
    /// Where the server's URL was found.
    let serverSource: ConnectionSource
    /// The access token, if there is one.
    let token: Secret?
    /// Where the token was found, or why there is none.
    let tokenSource: ConnectionSource

    /// Options come before environment variables, these before the configuration, that before the default.
    ///
    /// A context's token goes to that context's server only: `--server` with another URL must not carry it there.
    ///
    /// - Parameter read: Reads a token file.
    init(
        resolving selection: ConnectionSelection, _ configuration: ConfigurationFile,
        _ environment: [String: String], configurationPath: String,
        read: (String) throws(FileAccess.Refusal) -> [UInt8] = FileAccess.read
    ) throws(Failure) {
        func variable(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
        let chosen = try configuration.context(
            option: selection.context, variable: variable("FLAGCTL_CONTEXT"), path: configurationPath)
        let contextSource = chosen.map { ConnectionSource.context($0.name, path: configurationPath) }
        // A context that an option names is as good as an option.
        let isChosenByOption = selection.context != nil

        if let text = selection.server {
            self.server = try Self.url(text, "--server")
            self.serverSource = .option("--server")
        } else if isChosenByOption, let chosen, let contextSource {
            self.server = chosen.context.server
            self.serverSource = contextSource
        } else if let text = variable("FLAGCTL_SERVER") {
            self.server = try Self.url(text, "FLAGCTL_SERVER")
            self.serverSource = .variable("FLAGCTL_SERVER")
        } else if let chosen, let contextSource {
            self.server = chosen.context.server
            self.serverSource = contextSource
        } else {
            self.server = .default
            self.serverSource = .fallback
        }

        let hasOwnToken = chosen.map { $0.context.token != nil || $0.context.tokenFile != nil } ?? false
        let fits = chosen?.context.server == self.server
        if let path = selection.tokenFile {
            self.token = try Self.token(inFile: path, "--token-file", read)
            self.tokenSource = .option("--token-file")
        } else if let text = variable("FLAGCTL_TOKEN"), !(isChosenByOption && hasOwnToken && fits) {
            guard let token = Secret(text) else {
                throw Failure(
                    .usage, "token-malformed",
                    "FLAGCTL_TOKEN is not a token: it has characters that a token cannot have")
            }
            self.token = token
            self.tokenSource = .variable("FLAGCTL_TOKEN")
        } else if let chosen, let contextSource, hasOwnToken, fits {
            if let path = chosen.context.tokenFile {
                let home = path.hasPrefix("~/") ? variable("HOME") : nil
                self.token = try Self.token(
                    inFile: home.map { $0 + path.dropFirst() } ?? path, "tokenFile of \(contextSource)", read)
            } else {
                self.token = chosen.context.token
            }
            self.tokenSource = contextSource
        } else {
            self.token = nil
            self.tokenSource = .absent(
                hasOwnToken
                    ? "the token of context \(chosen?.name ?? "") is for \(chosen?.context.server.text ?? "") only"
                    : "neither an option, nor a variable, nor the configuration has one")
        }
    }

    private static func url(_ text: String, _ source: String) throws(Failure) -> ServerURL {
        do {
            return try ServerURL(parsing: text)
        } catch {
            throw Failure(.usage, "server-malformed", "\(source): \(error.description)")
        }
    }

    private static func token(
        inFile path: String, _ source: String, _ read: (String) throws(FileAccess.Refusal) -> [UInt8]
    ) throws(Failure) -> Secret {
        let bytes: [UInt8]
        do {
            bytes = try read(path)
        } catch {
            throw Failure(.error, "token-unreadable", "\(source): cannot read \(path): \(error.reason)")
        }
        guard let token = Secret(String(decoding: bytes, as: UTF8.self)) else {
            throw Failure(.error, "token-unreadable", "\(source): \(path) does not hold one token")
        }
        return token
    }
}

extension ConfigurationFile {
    fileprivate func context(
        option: String?, variable: String?, path: String
    ) throws(Failure) -> (name: String, context: Context)? {
        guard let name = option ?? variable ?? self.currentContext else { return nil }
        if let context = self.contexts[name] { return (name, context) }
        let source = option != nil ? "--context" : variable != nil ? "FLAGCTL_CONTEXT" : "currentContext in \(path)"
        var failure = Failure(
            .usage, "unknown-context", "\(source) names \"\(name)\", and there is no such context",
            hint: self.contexts.isEmpty
                ? "make one: flagctl context set \(name) --server http://host:port" : "see flagctl context list")
        failure.problem.suggestion = NearestName.suggestion(for: name, among: self.contexts.keys.sorted())
        throw failure
    }
}
