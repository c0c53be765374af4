/// Where a part of the connection was found, in words that can stand after "from".
enum ConnectionSource: Hashable, Sendable, CustomStringConvertible {
    /// An option of the command line.
    case option(String)
    /// An environment variable.
    case variable(String)
    /// A context of the configuration.
    case context(String, path: String)
    /// Nobody said anything.
    case fallback
    /// There is none, and why.
    case absent(String)

    var description: String {
        switch self {
        case .option(let name): name
        case .variable(let name): name
        case .context(let name, let path): "context \(name) in \(path)"
        case .fallback: "the default"
        case .absent(let reason): reason
        }
    }
}
