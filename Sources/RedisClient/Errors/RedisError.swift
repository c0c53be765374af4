/// What went wrong with a command, told apart by what it means for the data in Redis.
///
/// The client never repeats a command by itself: only the caller knows whether repeating is safe.
public enum RedisError: Error, Sendable, Hashable {
    /// No byte of the command was handed to the socket. Redis has not seen it, so repeating it is safe.
    case notSent(RedisFailure)
    /// The command was written and its reply was lost. It may or may not have been carried out.
    case outcomeUnknown(RedisFailure)
    /// Redis answered with an error reply. The command was refused.
    case server(RedisServerError)
}

extension RedisError: CustomStringConvertible {
    /// What happened, and whether the command may be repeated.
    public var description: String {
        switch self {
        case .notSent(let failure): "Redis command not sent (safe to repeat): \(failure)"
        case .outcomeUnknown(let failure): "Redis command sent, outcome unknown (do not repeat blindly): \(failure)"
        case .server(let error): "Redis refused the command: \(error)"
        }
    }
}
