/// Where an instance has its snapshot from.
public enum InstanceSource: String, Sendable, Hashable, Codable, CaseIterable {
    /// The event stream.
    case stream
    /// Polling, because streams do not get through.
    case polling
    /// The last-known-good file: the control plane has not been heard since the start.
    case cache
}
