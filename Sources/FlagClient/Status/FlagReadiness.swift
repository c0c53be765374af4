/// What a client answers with once it is ready.
public enum FlagReadiness: String, Sendable, Hashable, CaseIterable {
    /// With what the control plane says.
    case network
    /// With the last-known-good snapshot: the control plane could not be reached yet.
    case cache
}
