/// Where Redis is, and how patient the client is with it.
public struct RedisConfiguration: Sendable {
    /// The server's name or address. Default `127.0.0.1`.
    public var host: String
    /// The server's TCP port. Default 6379.
    public var port: Int
    /// The database selected on every connection. Default 0.
    public var database = 0
    /// What every connection authenticates with, or nil.
    public var credentials: RedisCredentials?
    /// TLS, or nil for a plain connection.
    public var tls: RedisTLS?
    /// The name shown by `CLIENT LIST`, without spaces. A server that refuses it is used all the same.
    public var clientName: String?

    /// How long one attempt may take: name look-up, TCP, TLS, handshake and greeting together. Default 2 seconds.
    public var connectTimeout: Duration = .seconds(2)
    /// How long a command may take, from the call to the reply. Default 1 second.
    ///
    /// A connection that has answered nothing for twice this long is closed.
    public var commandDeadline: Duration = .seconds(1)
    /// How long ``RedisClient/shutdown()`` waits for replies that are on their way. Default 1 second.
    public var drainTimeout: Duration = .seconds(1)
    /// How often an idle connection is probed with `PING`, so that a dead peer is found before a command meets it.
    /// Default 15 seconds; nil for never. With a ``greeting``, its commands are sent instead, busy or not, and at least
    /// every ``RedisGreeting/interval``.
    public var keepAliveInterval: Duration? = .seconds(15)
    /// The waits between attempts to connect.
    public var backoff = RedisBackoff()

    /// How many connections share the commands, from 1. Default 1: commands of all tasks are coalesced into one write,
    /// and more connections make smaller batches.
    public var connectionCount = 1
    /// How many commands may wait for their replies on one connection before further ones fail with
    /// ``RedisFailure/overloaded``. Default 16,384.
    public var maximumInFlight = 16_384
    /// The size of one reply, in bytes, above which the connection is closed. Default 16 MiB.
    public var maximumReplyBytes = 16 << 20
    /// The number of elements of one reply, nested ones included, above which the connection is closed. Default 65,536.
    public var maximumReplyElements = 1 << 16
    /// Commands run on every new connection before it serves others, and again at intervals, or nil.
    public var greeting: RedisGreeting?

    /// A plain connection to `host` and `port`, with every default.
    public init(host: String = "127.0.0.1", port: Int = 6379) {
        self.host = host
        self.port = port
    }
}

extension RedisConfiguration {
    /// How often a connection is probed, or nil for never.
    var probeInterval: Duration? {
        [self.keepAliveInterval, self.greeting?.interval].compactMap(\.self).min()
    }

    /// The limits that the reply parser enforces.
    var replyLimits: ReplyLimits {
        ReplyLimits(bytes: self.maximumReplyBytes, elements: self.maximumReplyElements)
    }
}

extension RedisConfiguration: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The URL with the password replaced.
    public var description: String {
        let scheme = self.tls == nil ? "redis" : "rediss"
        let host = self.host.contains(":") ? "[\(self.host)]" : self.host
        let credentials = self.credentials.map { "\($0)@" } ?? ""
        return "\(scheme)://\(credentials)\(host):\(self.port)/\(self.database)"
    }

    /// The URL with the password replaced.
    public var debugDescription: String { self.description }
    /// The URL with the password replaced, as the only child.
    public var customMirror: Mirror { Mirror(self, children: ["url": self.description]) }
}
