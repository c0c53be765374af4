/// What becomes of the bytes that a server sends on one connection.
public enum ProxyFault: Sendable, Hashable {
    /// All of them pass.
    case none
    /// So many pass, then the connection is cut.
    case cut(after: Int)
    /// Once an event stream was asked for, nothing passes any more: the proxy waits for the end of the answer.
    case swallowStreams
    /// One bit of each delta is flipped, in the first letter or digit behind the given place: 0 is the beginning of its
    /// data, 1 the end.
    case corruptDeltas(at: Double)
}
