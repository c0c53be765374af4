internal import FlagModel

/// Everything that can be set, in the order in which it is documented. The raw value is the key in the configuration
/// file and, after two dashes, the flag.
enum Setting: String, CaseIterable, Sendable {
    case config
    case listen
    case database
    case environmentsDirectory = "environments-dir"
    case migrationsDirectory = "migrations-dir"
    case runtimeEnvironment = "runtime-environment"
    case adminToken = "admin-token"
    case adminTokenFile = "admin-token-file"
    case redisURL = "redis-url"
    case redisURLFile = "redis-url-file"
    case ticketPrefix = "ticket-prefix"
    case allowedOrigins = "allowed-origins"
    case trustedProxies = "trusted-proxies"
    case webSocketURL = "websocket-url"
    case jwtSecret = "jwt-hs256-secret"
    case jwtSecretFile = "jwt-hs256-secret-file"
    case jwtSecretKeyID = "jwt-hs256-key-id"
    case jwtPublicKeyFile = "jwt-es256-public-key-file"
    case jwtPublicKeyID = "jwt-es256-key-id"
    case jwtIssuer = "jwt-issuer"
    case jwtAudience = "jwt-audience"
    case tokenCookie = "token-cookie"
    case sessionCookie = "session-cookie"
    case sessionRedisURL = "session-redis-url"
    case sessionRedisURLFile = "session-redis-url-file"
    case sessionPrefix = "session-prefix"
    case bypassSecret = "e2e-bypass-secret"
    case bypassSecretFile = "e2e-bypass-secret-file"
    case instanceID = "instance-id"
    case shutdownTimeout = "shutdown-timeout"
    case streamHeartbeat = "stream-heartbeat"
    case streamMaximumAge = "stream-max-age"
    case instanceStaleAfter = "instance-stale-after"
    case instanceGoneAfter = "instance-gone-after"
    case prometheusURL = "prometheus-url"
    case logLevel = "log-level"
    case logFormat = "log-format"

    /// The environment variable: `SIGNALBOX_` and the key in capitals, but `REDIS_URL` under the name that everybody
    /// uses.
    var variable: String {
        let name = String(self.rawValue.map { $0 == "-" ? "_" : Character($0.uppercased()) })
        return self == .redisURL || self == .redisURLFile ? name : "SIGNALBOX_" + name
    }

    /// The flag; nil for a secret, which every user of the machine could read in the list of processes.
    var flag: String? { self.isSecret ? nil : "--" + self.rawValue }

    /// Whether the value must never be shown.
    var isSecret: Bool { self.fileVariant != nil }

    /// The setting that names a file holding this secret.
    var fileVariant: Setting? {
        switch self {
        case .adminToken: .adminTokenFile
        case .redisURL: .redisURLFile
        case .jwtSecret: .jwtSecretFile
        case .sessionRedisURL: .sessionRedisURLFile
        case .bypassSecret: .bypassSecretFile
        default: nil
        }
    }

    /// The setting called `name` in the configuration file. The file cannot name another file to go on with.
    static func inFile(_ name: String) -> Setting? {
        Setting(rawValue: name).flatMap { $0 == .config ? nil : $0 }
    }

    /// The key that was perhaps meant by `name`.
    static func suggestion(for name: String) -> String? {
        NearestName.suggestion(for: name, among: Self.allCases.filter { $0 != .config }.map(\.rawValue))
    }
}
