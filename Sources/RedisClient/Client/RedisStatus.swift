/// A momentary picture of a client, for health endpoints and metrics.
public struct RedisStatus: Sendable, Hashable {
    /// The established sessions, at most one per connection.
    public var sessions: [RedisSession]
    /// How many connections are configured.
    public var connectionCount: Int
    /// How many commands wait for a connection or for a reply.
    public var commandsInFlight: Int
    /// Why the connection that failed last is not established, or nil if all are well.
    public var lastFailure: RedisFailure?

    /// True if at least one connection is established.
    public var isConnected: Bool { !self.sessions.isEmpty }
}
