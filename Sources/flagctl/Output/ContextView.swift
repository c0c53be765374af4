/// A context as it may be shown: where its token is, but not which.
struct ContextView: Encodable, Hashable, Sendable {
    /// Its name.
    let name: String
    /// The server's URL.
    let server: String
    /// `stored`, `none`, or the file's path.
    let token: String
    /// Whether it is the one meant when nothing else says so.
    let isCurrent: Bool

    init(_ name: String, _ context: ConfigurationFile.Context, isCurrent: Bool) {
        self.name = name
        self.server = context.server.text
        self.token = context.tokenFile ?? (context.token == nil ? "none" : "stored")
        self.isCurrent = isCurrent
    }

    private enum CodingKeys: String, CodingKey {
        case name
        case server
        case token
        case isCurrent = "current"
    }
}
