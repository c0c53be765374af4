import ArgumentParser

/// For whom output is written.
enum OutputFormat: String, CaseIterable, Sendable, ExpressibleByArgument {
    /// For people.
    case table
    /// For programs: the wire types of the HTTP API, which only ever gain members.
    case json
    /// The same as YAML.
    case yaml
}
