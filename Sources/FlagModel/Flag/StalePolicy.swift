/// What an instance serves when it has heard nothing from the control plane.
public enum StalePolicy: Sendable, Hashable {
    /// The last value known, for ever. The default: expiry by time has turned outages into incidents.
    case serveLastKnown
    /// The safe variant, once nothing was heard for so many seconds.
    case serveSafe(afterSeconds: Int64)
}
