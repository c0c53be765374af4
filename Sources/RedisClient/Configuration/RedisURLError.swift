/// Why a Redis URL was not understood. No case carries the URL or a part of it that could hold the password.
public enum RedisURLError: Error, Sendable, Hashable {
    /// The URL does not begin with `redis://` or `rediss://`.
    case unknownScheme
    /// The part between `//` and the path has no host.
    case missingHost
    /// There is something before the `@`, but no colon in it.
    case missingPassword
    /// The port is not a number from 1 to 65535.
    case invalidPort
    /// The path is not empty and not the number of a database (0 or more).
    case invalidDatabase
    /// A `%` is not followed by two hexadecimal digits, or the decoded bytes are not UTF-8; in which part.
    case invalidEncoding(part: String)
    /// A query option that does not exist. Its name is not shown: it may be the tail of a password with an unencoded `?`.
    case unknownOption
    /// A query option with a value that it does not take (the option's name).
    case invalidOption(String)
    /// A TLS option (its name) in a URL without TLS.
    case optionNeedsTLS(String)
}

extension RedisURLError: CustomStringConvertible {
    /// What is wrong and what the URL has to look like.
    public var description: String {
        switch self {
        case .unknownScheme: "Redis URL: it has to begin with redis:// or rediss:// (TLS)"
        case .missingHost: "Redis URL: no host; the form is redis://[user[:password]@]host[:port][/database]"
        case .missingPassword: "Redis URL: credentials are written user:password@ or :password@"
        case .invalidPort: "Redis URL: the port has to be a number from 1 to 65535"
        case .invalidDatabase: "Redis URL: the path has to be the number of a database, such as /0"
        case .invalidEncoding(let part): "Redis URL: the \(part) is not valid percent-encoded UTF-8"
        case .unknownOption:
            "Redis URL: unknown option; known are ca, verify, name, connections (a ? in a password is written %3F)"
        case .invalidOption(let name): "Redis URL: the option '\(name)' does not take this value"
        case .optionNeedsTLS(let name): "Redis URL: the option '\(name)' needs rediss://"
        }
    }
}
