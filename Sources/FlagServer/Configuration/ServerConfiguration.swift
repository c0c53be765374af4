internal import ControlPlane
internal import FlagModel
internal import Logging
internal import RedisClient
internal import TicketRuntime

/// How the server runs. ``init(_:files:)`` reads it from flags, environment variables and a file; ``Setting`` lists
/// them.
struct ServerConfiguration: Sendable {
    /// Where to listen.
    var listen = ListenAddress(host: "127.0.0.1", port: 8080)
    /// The SQLite file.
    var databasePath = "var/signalbox.sqlite"
    /// Folder of the environments' files.
    var environmentsDirectory = "environments"
    /// Folder of the database's migrations.
    var migrationsDirectory = "migrations"
    /// The environment that decides about this server's tickets.
    var runtimeEnvironment: EnvironmentName = "development"
    /// An access token with role admin, kept in memory only.
    var adminToken: Secret?
    /// Where tickets are kept; nil: in memory.
    var redis: RedisConfiguration?
    /// What the keys of tickets in Redis start with.
    var ticketPrefix = "signalbox"
    /// The origins of pages that may connect.
    var allowedOrigins = OriginAllowList.any
    /// The proxies that are believed about the client's address.
    var trustedProxies = TrustedProxies.none
    /// The WebSocket URL that clients are told; nil: made of the address listened on.
    var webSocketURL: String?
    /// What users' JWTs are checked with.
    var jwt = JWTSettings()
    /// The cookie that holds a user's JWT.
    var tokenCookie = "auth_token"
    /// The cookie that holds a session's id.
    var sessionCookie = "session_id"
    /// Where sessions are looked up; nil: nowhere.
    var sessionRedis: RedisConfiguration?
    /// What the keys of sessions in Redis start with.
    var sessionPrefix = "session:"
    /// What end-to-end tests show; nil: none is believed.
    var bypassSecret: BypassSecret?
    /// What this process is called.
    var instanceID = ServerConfiguration.processName
    /// How long requests in progress may take to finish after SIGTERM.
    var shutdownTimeout: Duration = .seconds(10)
    /// How streams are kept.
    var streams = StreamSettings()
    /// How long instances may be quiet.
    var fleet = FleetLimits()
    /// The Prometheus that guards may ask; nil: none.
    var prometheus: PrometheusAddress?
    /// The least level that is logged.
    var logLevel = Logger.Level.info
    /// How log entries are written.
    var logFormat = LogFormat.text
    /// What a request may cost.
    var limits = RequestLimits()

    /// Folder of the database, where the development secret lives as well.
    var dataDirectory: String {
        self.databasePath.contains("/") ? String(self.databasePath[..<self.databasePath.lastSlash]) : "."
    }

    /// What works but is not wise, for the log.
    var advice: [String] {
        guard self.jwt.hasKey else { return [] }
        let missing = [
            (Setting.jwtIssuer, self.jwt.issuer == nil), (Setting.jwtAudience, self.jwt.audience == nil),
        ]
        return missing.filter(\.1).map { setting, _ in
            "\(setting.variable) is not set: a JWT that was meant for another service is accepted if its key is the same"
        }
    }

    /// Everything as built in.
    init() {}
}

extension String {
    fileprivate var lastSlash: Index { self.lastIndex(of: "/") ?? self.startIndex }
}
