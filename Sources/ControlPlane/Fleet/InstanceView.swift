/// An instance at a moment.
public struct InstanceView: Sendable, Hashable {
    /// The instance.
    public let instance: Instance
    /// How it stands to the revision in force.
    public let state: Instance.State
    /// How many revisions it is behind; 0 when it is not.
    public let lag: Int64
}
