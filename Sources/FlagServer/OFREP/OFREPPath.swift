/// The paths at which OFREP is spoken.
enum OFREPPath {
    /// Where its evaluations are, below the base URL that a client is configured with.
    static let evaluate = "/ofrep/v1/evaluate/flags"
    /// What a client adds to its base URL to name the environment itself.
    static let environment = "/environments/{environment}"

    /// Whether whoever asks at `path` expects OFREP's shape of errors, also where there is no such route or method.
    static func isOFREP(_ path: String) -> Bool {
        path.hasPrefix(Self.evaluate) || (path.hasPrefix("/environments/") && path.contains(Self.evaluate))
    }

    /// The path at which clients look for the events of an environment.
    static func events(of environment: String) -> String { "/ofrep/v1/environments/\(environment)/events" }
}
