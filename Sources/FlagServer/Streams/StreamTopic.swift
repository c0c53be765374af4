internal import FlagModel

/// What a stream waits for.
enum StreamTopic: Sendable, Hashable {
    /// A new revision of an environment.
    case revisions(EnvironmentName)
    /// Any change among an environment's instances.
    case fleet(EnvironmentName)
}
