/// Commands that are run on every new connection before any other command is served on it, and again at intervals.
///
/// What they find out stands in ``RedisSession/epoch`` for as long as the connection lives, so a caller knows which
/// server's state its command met, as it was at most an ``interval`` before. When they find out something else, or fail,
/// the connection is replaced after the replies that are due:
///
/// ```swift
/// RedisGreeting(commands: [RedisCommand("INFO", "replication")]) { replies in try replicationID(in: replies[0]) }
/// ```
public struct RedisGreeting: Sendable {
    /// The commands, sent together with the connection's own handshake.
    public var commands: [RedisCommand]
    /// Makes the session's epoch out of the replies (one per command, in order; a refused command's is `.error`).
    /// Throwing refuses the connection: it is closed, and tried again after the back-off. It runs on the event loop,
    /// so it must not block; the error's description is logged and reported as ``RedisFailure/unavailable(_:)``.
    public var epoch: @Sendable (_ replies: [RedisValue]) throws -> String
    /// How often the commands are run again, on busy connections as well. Default 5 seconds.
    public var interval: Duration = .seconds(5)

    /// Makes a greeting from its commands and the reading of their replies.
    public init(commands: [RedisCommand], epoch: @escaping @Sendable (_ replies: [RedisValue]) throws -> String) {
        self.commands = commands
        self.epoch = epoch
    }
}
