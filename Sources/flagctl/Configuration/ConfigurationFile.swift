import FlagAPI
import FlagModel

/// What `config.yaml` holds: contexts by name, and which of them is meant when nothing else says so.
struct ConfigurationFile: Hashable, Sendable {
    /// A server and how to get in.
    struct Context: Hashable, Sendable {
        /// The server.
        var server: ServerURL
        /// The access token itself.
        var token: Secret?
        /// A file with the access token.
        var tokenFile: String?
    }

    /// The context that is meant when nothing else says so.
    var currentContext: String?
    /// The contexts.
    var contexts: [String: Context] = [:]

    /// No contexts.
    init() {}

    /// Whether the file holds a token, and others should not read it.
    var holdsTokens: Bool { self.contexts.values.contains { $0.token != nil } }

    /// The file as YAML.
    var text: String {
        let contexts = self.contexts.mapValues { context in
            var members: [String: JSONValue] = ["server": .string(context.server.text)]
            if let token = context.token { members["token"] = .string(token.revealed) }
            if let tokenFile = context.tokenFile { members["tokenFile"] = .string(tokenFile) }
            return JSONValue.object(members)
        }
        var members: [String: JSONValue] = ["contexts": .object(contexts)]
        if let currentContext = self.currentContext { members["currentContext"] = .string(currentContext) }
        return YAMLDocument.emit(.object(members))
    }

    /// Reads the form that ``text`` writes.
    ///
    /// - Throws: ``InvalidDocument`` with every fault.
    init(json: JSONValue) throws(InvalidDocument) {
        var reader = DocumentReader(json, at: "")
        self.currentContext = reader.string("currentContext")
        for (name, value) in (reader.object("contexts") ?? [:]).sorted(by: { $0.key < $1.key }) {
            var member = DocumentReader(value, at: reader.path(of: "contexts") + "." + name)
            let server = member.require("server", member.string("server"), "the server's URL")
            let token = member.string("token")
            let tokenFile = member.string("tokenFile")
            if token != nil, tokenFile != nil { member.fail("tokenFile", "goes without token: give one of them") }
            if let token, Secret(token) == nil { member.fail("token", "is not a token") }
            member.finish()
            if let server {
                do {
                    self.contexts[name] = Context(
                        server: try ServerURL(parsing: server), token: token.flatMap(Secret.init),
                        tokenFile: tokenFile)
                } catch {
                    member.fail("server", error.description)
                }
            }
            reader.add(member.issues)
        }
        reader.finish()
        guard reader.issues.isEmpty else { throw InvalidDocument(reader.issues) }
    }
}
