extension Setting {
    /// What applies when nobody says anything else; nil: nothing, or something worked out, which the summary tells.
    var defaultText: String? {
        switch self {
        case .listen: "127.0.0.1:8080"
        case .database: "var/signalbox.sqlite"
        case .environmentsDirectory: "environments"
        case .migrationsDirectory: "migrations"
        case .runtimeEnvironment: "development"
        case .ticketPrefix: "signalbox"
        case .tokenCookie: "auth_token"
        case .sessionCookie: "session_id"
        case .sessionPrefix: "session:"
        case .shutdownTimeout: "10s"
        case .streamHeartbeat: "15s"
        case .streamMaximumAge: "30m"
        case .instanceStaleAfter: "45s"
        case .instanceGoneAfter: "5m"
        case .logLevel: "info"
        case .logFormat: "text"
        default: nil
        }
    }

    /// What it is, in one sentence.
    var summary: String {
        switch self {
        case .config: "A YAML file with any of the keys below"
        case .listen: "Address and port to listen on; port 0 picks a free one and prints it"
        case .database: "The SQLite file; made, with its folder, when it is not there"
        case .environmentsDirectory: "Folder of YAML files: what a new environment starts with"
        case .migrationsDirectory: "Folder of the database's migrations"
        case .runtimeEnvironment: "The environment whose flags decide about this server's tickets"
        case .adminToken:
            "An access token with role admin, 16 characters at least; absent: one is made and printed once"
        case .redisURL: "Where tickets are kept, redis:// or rediss://; absent: in memory, for one process"
        case .ticketPrefix: "What the keys of tickets in Redis start with"
        case .allowedOrigins:
            "Origins of pages that may connect, separated by commas; absent: any, but with cookies only the host's own"
        case .trustedProxies:
            "Addresses of proxies whose X-Forwarded-For names the client, separated by commas; absent: none"
        case .webSocketURL: "The WebSocket URL that clients are told; absent: ws://, the listening address, /ws"
        case .jwtSecret: "The secret that users' JWTs are signed with (HS256), 32 bytes at least"
        case .jwtPublicKeyFile: "A PEM file with the public key of users' JWTs (ES256, P-256)"
        case .jwtSecretKeyID: "The key id (kid) that JWTs name the HS256 secret by; absent: they must name none"
        case .jwtPublicKeyID: "The key id (kid) that JWTs name the ES256 key by; absent: they must name none"
        case .jwtIssuer: "The issuer (iss) that a JWT must name; absent: any"
        case .jwtAudience: "The audience (aud) that a JWT must name; absent: any"
        case .tokenCookie: "The cookie that holds a user's JWT, for the cookie pathway"
        case .sessionCookie: "The cookie that holds a session's id, for the session pathway"
        case .sessionRedisURL:
            "Where sessions are looked up, redis:// or rediss://; absent: the session pathway is closed"
        case .sessionPrefix: "What the keys of sessions in Redis start with"
        case .bypassSecret:
            "What end-to-end tests send in x-e2e-bypass, 16 characters at least; absent, and in a protected environment: "
                + "the bypass is closed"
        case .instanceID: "What this process is called in the audit of tickets; absent: host name and process id"
        case .shutdownTimeout: "How long requests in progress may take to finish after SIGTERM"
        case .streamHeartbeat: "How long an event stream may be silent before a comment is sent; 1s to 1m"
        case .streamMaximumAge:
            "How old an event stream becomes, give or take a fifth, before its client is asked to come back; 10s to 1d"
        case .instanceStaleAfter: "How long an instance may be quiet before it counts as stale; 5s to 1h"
        case .instanceGoneAfter:
            "How long an instance may be quiet before nobody waits for it, and how long a client may take to read what "
                + "it was sent; longer than that for stale, up to 1d"
        case .prometheusURL: "The Prometheus that guards of rollouts may ask; absent: such guards have no data"
        case .logLevel: "The least level that is logged: trace, debug, info, notice, warning, error, critical"
        case .logFormat: "text or json, one line for each entry, on standard error"
        case .adminTokenFile: "A file with the admin token, instead of the variable"
        case .redisURLFile: "A file with the URL of Redis, instead of the variable"
        case .sessionRedisURLFile: "A file with the URL of the sessions' Redis, instead of the variable"
        case .bypassSecretFile: "A file with the bypass secret, instead of the variable"
        case .jwtSecretFile: "A file with the HS256 secret, instead of the variable"
        }
    }

    /// The table of all settings in Markdown, as README shows it.
    static var markdownTable: String {
        let rows = Self.allCases.map { setting in
            let flag = setting.flag.map { "`\($0)`" } ?? "(secret: none)"
            let fallback = setting.defaultText.map { "`\($0)`" } ?? ""
            return "| `\(setting.variable)` | \(flag) | \(fallback) | \(setting.summary) |"
        }
        return (["| variable | flag | default | what it is |", "|---|---|---|---|"] + rows).joined(separator: "\n")
    }
}
