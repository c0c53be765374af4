/// How a ``TestRedisServer`` is set up.
public struct TestRedisOptions: Sendable {
    /// The password of the default user, or nil for none.
    public var password: String?
    /// Whether clients connect with TLS, to a certificate for `localhost` and `127.0.0.1` by an authority of its own.
    public var tls: Bool
    /// The server whose replica it is, or nil.
    public var primary: TestRedisServer?
    /// Further arguments for `redis-server`, such as `["--maxmemory", "2mb"]`.
    public var arguments: [String]

    /// Makes the options; by default a plain server without a password.
    public init(
        password: String? = nil, tls: Bool = false, replicaOf primary: TestRedisServer? = nil, arguments: [String] = []
    ) {
        self.password = password
        self.tls = tls
        self.primary = primary
        self.arguments = arguments
    }
}
