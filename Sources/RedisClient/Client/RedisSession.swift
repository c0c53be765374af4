/// One established connection, from its handshake to its end. The connection after it is another session.
public final class RedisSession: Sendable {
    /// Unique in this process, growing with time.
    public let id: UInt64
    /// What ``RedisGreeting/epoch`` made of the server's replies when the connection was established; empty without
    /// a greeting.
    public let epoch: String
    /// Which of the client's connections this is.
    let lane: Int

    init(id: UInt64, epoch: String, lane: Int) {
        self.id = id
        self.epoch = epoch
        self.lane = lane
    }
}

extension RedisSession: Hashable {
    /// True for the same session only.
    public static func == (left: RedisSession, right: RedisSession) -> Bool { left === right }
    /// Hashes ``id``.
    public func hash(into hasher: inout Hasher) { hasher.combine(self.id) }
}

extension RedisSession: CustomStringConvertible {
    /// The id and the epoch.
    public var description: String { "session \(self.id) (epoch '\(self.epoch)')" }
}
