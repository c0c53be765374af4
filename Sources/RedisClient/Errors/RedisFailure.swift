/// Why a command has no reply. ``RedisError`` says whether Redis may have carried it out.
public enum RedisFailure: Sendable, Hashable {
    /// No reply (or no connection) within ``RedisConfiguration/commandDeadline``.
    case deadlineExceeded
    /// The connection ended; the text is the cause as far as it is known.
    case connectionClosed(String)
    /// The calling task was cancelled.
    case cancelled
    /// ``RedisConfiguration/maximumInFlight`` commands are waiting already.
    case overloaded
    /// The client was shut down, or is shutting down.
    case shutDown
    /// The session that the command was bound to is not the current one any more.
    case sessionEnded
    /// Redis cannot be reached at present; the text is the last attempt's failure.
    case unavailable(String)
}

extension RedisFailure: CustomStringConvertible {
    /// What happened and what to look at.
    public var description: String {
        switch self {
        case .deadlineExceeded: "no reply within the command deadline; is the server overloaded or paused?"
        case .connectionClosed(let cause): "the connection was closed: \(cause)"
        case .cancelled: "the calling task was cancelled"
        case .overloaded: "too many commands in flight; raise maximumInFlight or send less"
        case .shutDown: "the client is shut down"
        case .sessionEnded: "the connection that this command was bound to has ended; take a new session"
        case .unavailable(let cause): "Redis cannot be reached: \(cause)"
        }
    }
}
